import { describeTurn, nameOfSpeaker, sentence, type Dialogue, type Speaker, type Turn } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { quote } from "../quote.ts";
import type { Target } from "../targets/target.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const roleOrder: RecordRule = {
  id: "role-order",
  severity: "error",
  summary: "Messages come in an order that the target refuses: the same speaker twice in a row, the assistant first.",
  explanation: "Chat templates of many models, and some providers' checks, expect user and assistant in turn after an optional system message (`Conversation roles must alternate user/assistant/user/assistant/...`). Join messages of one speaker, or add what is missing between them.",
  source: "https://docs.together.ai/docs/fine-tuning/data-preparation",
  *check({ dialogues }, target) {
    const severity = severityOf(target.turns.disorder) ?? "error";
    for (const dialogue of dialogues) {
      if (dialogue.part === "answer" || dialogue.part === "rejected") continue;
      let before: Turn | undefined;
      for (const turn of dialogue.turns) {
        const fault = turn.meant && turn.roleNode ? faultOf(turn, before, dialogue, target) : undefined;
        const node = turn.roleNode ?? turn.node;
        if (fault !== undefined) yield { start: node.offset, end: endOf(node), severity, message: fault };
        if (turn.meant !== "system" && turn.meant !== "developer") before = turn;
      }
    }
  },
};

function faultOf(turn: Turn, before: Turn | undefined, dialogue: Dialogue, { turns: { starts, order }, title, id }: Target): string | undefined {
  const { meant } = turn;
  if (!meant || meant === "system" || meant === "developer") return undefined;
  const named = (speaker: Speaker): string => `"${nameOfSpeaker(speaker, dialogue.dialect) ?? speaker}"`;
  if (!before?.meant) {
    if (before || !starts || starts.includes(meant)) return undefined;
    return `${sentence(describeTurn(dialogue, turn))} is from ${quote(turn.role ?? "")}; ${title} expects the conversation to begin with ${starts.map(named).join(" or ")}, after an optional system message.`;
  }
  const repeats = before.meant === meant && (meant !== "tool" && meant !== "function" || order === "strict");
  const sameSide = isAssistant(before.meant) === isAssistant(meant) && !(isTool(meant) && order === "alternating");
  if (order === "free" || !(repeats || (order !== "no-repeats" && sameSide))) return undefined;
  const server = id === "together" ? " (Together: Invalid role turns)" : "";
  return repeats
    ? `${quote(turn.role ?? "")} speaks twice in a row; ${title} expects the speakers in turn${server}. Join the two messages, or add what was said between them.`
    : `${quote(turn.role ?? "")} follows ${quote(before.role ?? "")}; ${title} expects the assistant and the others in turn${server}.`;
}

function isAssistant(speaker: Speaker): boolean {
  return speaker === "assistant";
}

/** Results of several calls stand in a row. */
function isTool(speaker: Speaker): boolean {
  return speaker === "tool" || speaker === "function";
}

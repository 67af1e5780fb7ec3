import { callsTools, nameOfSpeaker, type Dialogue } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { quote } from "../quote.ts";
import type { Target } from "../targets/target.ts";
import { severityOf, type Problem, type RecordRule } from "./rule.ts";

export const wrongLastMessage: RecordRule = {
  id: "wrong-last-message",
  severity: "error",
  summary: "A conversation does not end with the speaker that the method needs: the assistant in supervised fine-tuning, the user before a preference pair or a reinforcement answer.",
  explanation: "Supervised fine-tuning learns the last answer, so a record ends with it; in preference and reinforcement records the answer is what is compared or sampled, so the prompt ends with the user. Remove what follows, or add the answer.",
  source: "https://developers.openai.com/api/docs/guides/reinforcement-fine-tuning",
  *check({ dialogues }, target) {
    for (const dialogue of dialogues) {
      if (dialogue.part === "answer" || dialogue.part === "rejected") continue;
      const problem = judge(dialogue, target);
      if (problem) yield problem;
    }
  },
};

function judge({ turns, part, name, dialect, whole }: Dialogue, { turns: { last: wanted }, method, title, id }: Target): Problem | undefined {
  const last = turns.at(-1);
  if (!wanted || !last || !whole || last.meant === undefined) return undefined;
  // A prompt of the supervised method ends before its answer, of which the list holds nothing.
  if (part === "prompt" && method === "sft") return undefined;
  // That there is no answer at all, `no-assistant-message` says.
  if (method === "sft" && !turns.some(({ meant }) => meant === "assistant")) return undefined;
  const node = last.roleNode ?? last.node;
  const at = { start: node.offset, end: endOf(node), severity: severityOf(wanted.otherwise) ?? "error" };
  if (!wanted.speakers.includes(last.meant)) {
    const names = wanted.speakers.flatMap((speaker) => nameOfSpeaker(speaker, dialect) ?? []).map((each) => `"${each}"`);
    const server = id === "together" && part === "prompt" ? " (Together: The last message in the input conversation must not be from the assistant)" : "";
    const advice = method === "sft" ? "Remove what follows the answer, or add one." : "Remove the answer, or move it to where answers stand.";
    return { ...at, message: `The last message${name === "messages" ? "" : ` of ${name}`} is from ${quote(last.role ?? "")}; ${title} expects ${names.join(" or ")} as the last${server}. ${advice}` };
  }
  if (wanted.text && last.meant === "assistant" && callsTools(last)) return { ...at, message: `The last message calls a tool; ${title} expects an answer in words as the last. Add the tool's result and the answer.` };
  return undefined;
}

import { callsTools, describeTurn, sentence, type Turn } from "../dialogue.ts";
import { endOf, property } from "../json-node.ts";
import { misspeltKey } from "../misspelling.ts";
import { shorten } from "../quote.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const missingContent: RecordRule = {
  id: "missing-content",
  severity: "error",
  summary: "A message has no `content`; only an assistant's message with a tool call, a function call or a refusal may go without.",
  explanation: "What a message says stands under `content`. Only the assistant may say nothing, when it calls a tool or refuses instead. Write the content, or remove the message.",
  source: "https://github.com/openai/openai-openapi (ChatCompletionRequestAssistantMessage)",
  *check({ dialogues }, { silence, title }) {
    for (const dialogue of dialogues) {
      if (dialogue.dialect.content !== "content") continue;
      for (const turn of dialogue.turns) {
        if (turn.content || misspeltKey(turn.node, dialogue.dialect.content)) continue;
        const reason = reasonForSilence(turn);
        const severity = reason ? severityOf(silence?.[reason] ?? "taken") : "error";
        if (!severity) continue;
        const expected = !reason ? "; expected a string" : ` beside ${besideWords[reason]}, which ${title} ${severity === "error" ? "refuses" : "may refuse"}; expected a string${reason === "calls" ? ', be it empty: ""' : ""}`;
        yield { start: turn.node.offset, end: endOf(turn.node), severity, message: `${sentence(describeTurn(dialogue, turn))}${turn.role === undefined ? "" : ` (${shorten(turn.role)})`} has no "content"${expected}.` };
      }
    }
  },
};

/** What a message has beside its content, in words. */
export const besideWords = { calls: "its calls", refusal: "its refusal" } as const;

/** What an assistant's message says instead of content, if anything (`ChatCompletionRequestAssistantMessage` of OpenAI's specification). */
export function reasonForSilence(turn: Turn): keyof typeof besideWords | undefined {
  if (turn.role !== "assistant") return undefined;
  if (callsTools(turn)) return "calls";
  return ["refusal", "audio"].some((name) => (property(turn.node, name)?.type ?? "null") !== "null") ? "refusal" : undefined;
}

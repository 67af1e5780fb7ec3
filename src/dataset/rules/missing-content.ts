import { describeTurn, sentence, type Turn } from "../dialogue.ts";
import { endOf, property } from "../json-node.ts";
import { misspeltKey } from "../misspelling.ts";
import type { RecordRule } from "./rule.ts";

export const missingContent: RecordRule = {
  id: "missing-content",
  severity: "error",
  summary: "A message has no `content`; only an assistant's message with a tool call, a function call or a refusal may go without.",
  explanation: "What a message says stands under `content`. Only the assistant may say nothing, when it calls a tool or refuses instead. Write the content, or remove the message.",
  source: "https://github.com/openai/openai-openapi (ChatCompletionRequestAssistantMessage)",
  *check({ dialogues }) {
    for (const dialogue of dialogues) {
      if (dialogue.dialect.content !== "content") continue;
      for (const turn of dialogue.turns) {
        if (turn.content || mayLackContent(turn) || misspeltKey(turn.node, dialogue.dialect.content)) continue;
        yield { start: turn.node.offset, end: endOf(turn.node), message: `${sentence(describeTurn(dialogue, turn))}${turn.role === undefined ? "" : ` (${turn.role})`} has no "content"; expected a string.` };
      }
    }
  },
};

/** Whether a message says something even without content (`ChatCompletionRequestAssistantMessage` of OpenAI's specification). */
export function mayLackContent({ role, node, content }: Turn): boolean {
  if (role === "function") return content?.type === "null";
  return role === "assistant" && ["tool_calls", "function_call", "refusal", "audio"].some((name) => {
    const value = property(node, name);
    return value !== undefined && value.type !== "null";
  });
}

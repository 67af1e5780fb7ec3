import { messagesOf, roleOf } from "../formats/chat.ts";
import { endOf, property, type Node } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const missingContent: RecordRule = {
  id: "missing-content",
  severity: "error",
  summary: "A message has no `content`; only an assistant's message with a tool call, a function call or a refusal may go without.",
  *check({ tree, format }) {
    if (format !== "chat") return;
    for (const { message, index } of messagesOf(tree)) {
      if (property(message, "content") || mayLackContent(message)) continue;
      const role = roleOf(message);
      yield { start: message.offset, end: endOf(message), message: `Message ${index + 1}${role === undefined ? "" : ` (${role})`} has no "content"; expected a string.` };
    }
  },
};

/** Whether a message says something even without content (`ChatCompletionRequestAssistantMessage` of OpenAI's specification). */
export function mayLackContent(message: Node): boolean {
  const role = roleOf(message);
  if (role === "function") return property(message, "content")?.type === "null";
  return role === "assistant" && ["tool_calls", "function_call", "refusal", "audio"].some((name) => {
    const value = property(message, name);
    return value !== undefined && value.type !== "null";
  });
}

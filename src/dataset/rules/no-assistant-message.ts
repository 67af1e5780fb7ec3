import { messagesOf, namesRole, roleOf } from "../formats/chat.ts";
import { elements, endOf, property } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const noAssistantMessage: RecordRule = {
  id: "no-assistant-message",
  severity: "error",
  summary: "A record has no message from the assistant, so there is nothing to learn from it.",
  *check({ tree, format }) {
    const messages = property(tree, "messages");
    // A message that is no object or has no role is told of by its own rule, and may be the one that is missed here.
    if (format !== "chat" || !messages || elements(messages).length === 0) return;
    const objects = messagesOf(tree);
    if (objects.length < elements(messages).length || objects.some(({ message }) => roleOf(message) === undefined)) return;
    if (objects.some(({ message }) => namesRole(message, "assistant"))) return;
    yield { start: messages.offset, end: endOf(messages), message: 'No message of this record is from the assistant; expected at least one {"role": "assistant", "content": "…"}, the answer to learn.' };
  },
};

import { messagesOf, namesRole, roleOf } from "../formats/chat.ts";
import { endOf, property } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const lastMessageNotAssistant: RecordRule = {
  id: "last-message-not-assistant",
  severity: "error",
  summary: "A record does not end with the assistant's answer, which is what supervised fine-tuning learns.",
  *check({ tree, format }) {
    if (format !== "chat") return;
    const messages = messagesOf(tree);
    const last = messages.at(-1)?.message;
    const role = roleOf(last);
    if (!last || role === undefined || namesRole(last, "assistant")) return;
    if (!messages.some(({ message }) => namesRole(message, "assistant"))) return;
    const node = property(last, "role") ?? last;
    yield { start: node.offset, end: endOf(node), message: `The last message is from ${JSON.stringify(role)}; expected the assistant's answer as the last message. Remove what follows the answer, or add one.` };
  },
};

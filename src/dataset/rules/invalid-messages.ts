import { elements, endOf, property } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const invalidMessages: RecordRule = {
  id: "invalid-messages",
  severity: "error",
  summary: "`messages` is not a list of messages, each an object with a role.",
  *check({ tree, format }) {
    const messages = property(tree, "messages");
    if (format !== "chat" || !messages) return;
    const at = (node: typeof messages, message: string) => ({ start: node.offset, end: endOf(node), message });
    if (messages.type !== "array") {
      yield at(messages, `"messages" is ${messages.type === "object" ? "an object" : `a ${messages.type}`}; expected a list such as [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}].`);
      return;
    }
    if (elements(messages).length === 0) yield at(messages, '"messages" is empty; a record needs at least one message from the assistant.');
    for (const [index, message] of elements(messages).entries()) {
      if (message.type !== "object") {
        yield at(message, `Message ${index + 1} is ${message.type === "array" ? "an array" : `a ${message.type}`}; expected an object with "role" and "content".`);
        continue;
      }
      const role = property(message, "role");
      if (!role) yield at(message, `Message ${index + 1} has no "role"; expected one of system, developer, user, assistant, tool.`);
      else if (role.type !== "string") yield at(role, `The role of message ${index + 1} is a ${role.type}; expected a string such as "user".`);
    }
  },
};

import { messagesOf } from "../formats/chat.ts";
import { elements, endOf, property, type Node } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const invalidContent: RecordRule = {
  id: "invalid-content",
  severity: "error",
  summary: "A message's content is neither a string nor a list of content parts.",
  *check({ tree, format }) {
    if (format !== "chat") return;
    for (const { message, index } of messagesOf(tree)) {
      const content = property(message, "content");
      if (!content || content.type === "string" || content.type === "null") continue;
      const at = (node: Node, text: string) => ({ start: node.offset, end: endOf(node), message: text });
      if (content.type !== "array") {
        yield at(content, `The content of message ${index + 1} is ${content.type === "object" ? "an object" : `a ${content.type}`}; expected a string.`);
        continue;
      }
      for (const part of elements(content)) {
        const type = property(part, "type");
        if (type?.type !== "string") yield at(part, `This content part of message ${index + 1} has no "type"; expected an object such as {"type": "text", "text": "…"}.`);
        else if (type.value === "text" && property(part, "text")?.type !== "string") yield at(part, 'This text part has no "text"; expected {"type": "text", "text": "…"}.');
      }
    }
  },
};

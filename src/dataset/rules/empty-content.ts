import { messagesOf, roleOf } from "../formats/chat.ts";
import { elements, endOf, property, type Node } from "../json-node.ts";
import { mayLackContent } from "./missing-content.ts";
import type { RecordRule } from "./rule.ts";

export const emptyContent: RecordRule = {
  id: "empty-content",
  severity: "error",
  summary: "A message says nothing: its content is null, empty, or white space only.",
  *check({ tree, format }) {
    if (format !== "chat") return;
    for (const { message, index } of messagesOf(tree)) {
      const content = property(message, "content");
      // A tool may well answer with nothing.
      if (!content || mayLackContent(message) || roleOf(message) === "tool") continue;
      const found = emptiness(content);
      if (found) yield { start: content.offset, end: endOf(content), message: `The content of message ${index + 1} is ${found}; write what the ${roleOf(message) ?? "speaker"} says, or remove the message.` };
    }
  },
};

function emptiness(content: Node): string | undefined {
  if (content.type === "null") return "null";
  if (content.type === "array") return elements(content).length === 0 ? "an empty list" : undefined;
  if (content.type !== "string") return undefined;
  if (content.value === "") return "empty";
  return String(content.value).trim() === "" ? "white space only" : undefined;
}

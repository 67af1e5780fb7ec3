import { messagesOf, namesRole, roleOf } from "../formats/chat.ts";
import { endOf, property, type Node } from "../json-node.ts";
import type { RecordRule, Repair } from "./rule.ts";

export const invalidWeight: RecordRule = {
  id: "invalid-weight",
  severity: "error",
  summary: "A message's weight is neither 0 (not trained) nor 1 (trained), or stands on a message that is not the assistant's.",
  *check({ tree, text, format }) {
    if (format !== "chat") return;
    for (const { message, index } of messagesOf(tree)) {
      const weight = property(message, "weight");
      if (!weight) continue;
      const start = weight.offset;
      const end = endOf(weight);
      const written = text.slice(start, end);
      const role = roleOf(message);
      if (role !== undefined && !namesRole(message, "assistant")) {
        yield { start, end, message: `Message ${index + 1} is from ${JSON.stringify(role)} and has a weight; only the assistant's messages may have one.` };
      } else if (written !== "0" && written !== "1") {
        const fix = plainWeight(weight);
        yield { start, end, message: `The weight of message ${index + 1} is ${written.slice(0, 40)}; expected 0 (not trained) or 1 (trained), as a whole number.`, fixes: fix ? [replace(start, end, fix)] : [] };
      }
    }
  },
};

function replace(start: number, end: number, text: string): Repair {
  return { title: `Write ${text}`, safe: true, edits: [{ start, end, text }] };
}

/** The weight that was plainly meant by another way to write 0 or 1. */
function plainWeight({ value }: Node): "0" | "1" | undefined {
  if (value === 1 || value === true || value === "1" || value === "1.0") return "1";
  if (value === 0 || value === false || value === "0" || value === "0.0") return "0";
  return undefined;
}

import { messagesOf, roleOf } from "../formats/chat.ts";
import { endOf, property } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const unknownRole: RecordRule = {
  id: "unknown-role",
  severity: "error",
  summary: "A message has a role that the target does not know, or one in the wrong letter case.",
  *check({ tree, format }, target) {
    if (format !== "chat") return;
    for (const { message } of messagesOf(tree)) {
      const role = roleOf(message);
      const node = property(message, "role");
      if (role === undefined || !node || target.roles.includes(role)) continue;
      const meant = role.trim().toLowerCase();
      const start = node.offset;
      const end = endOf(node);
      if (target.roles.includes(meant)) {
        yield {
          start, end,
          message: `The role ${JSON.stringify(role)} must be written "${meant}": roles are exact, in small letters and without spaces.`,
          fixes: [{ title: `Write "${meant}"`, safe: true, edits: [{ start, end, text: JSON.stringify(meant) }] }],
        };
      } else {
        const likely = otherNames[meant];
        yield {
          start, end,
          message: `${JSON.stringify(role)} is no role of ${target.title}; expected one of ${target.roles.join(", ")}.`,
          fixes: likely ? [{ title: `Write "${likely}"`, safe: false, edits: [{ start, end, text: JSON.stringify(likely) }] }] : [],
        };
      }
    }
  },
};

/** What other formats call the same speakers (ShareGPT, Gemini, Cohere). */
const otherNames: Readonly<Record<string, string>> = { human: "user", gpt: "assistant", bot: "assistant", model: "assistant", chatbot: "assistant", ai: "assistant" };

import { nothing, type DatasetProblem, type DatasetRule } from "./rule.ts";

export const missingMessages: DatasetRule = {
  id: "missing-messages",
  severity: "error",
  summary: "A record of a chat dataset has no `messages`.",
  begin: () => {
    const lacking: DatasetProblem[] = [];
    let chat = false;
    return {
      add({ kind, format, line, length, keys }) {
        if (format === "chat") chat = true;
        else if (kind === "object" && !format) {
          const found = keys.length === 0 ? "" : `, only ${keys.join(", ")}`;
          lacking.push({ line, start: 0, end: length, message: `This record has no "messages"${found}; the other records are chats. Expected {"messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}.` });
        }
        return nothing;
      },
      // Where no record is a chat, `unknown-format` tells of it.
      finish: () => (chat ? lacking : nothing),
    };
  },
};

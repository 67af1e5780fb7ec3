import { sentence } from "../dialogue.ts";
import { passagesOf } from "../passages.ts";
import { writtenRange } from "../written-range.ts";
import type { RecordRule } from "./rule.ts";

/** How models spell the tokens that steer them: `<|im_start|>`, and DeepSeek's with wide bars. */
export const tokenSpelling = /<[|\uFF5C][\w\u2581.-]{1,60}[|\uFF5C]>/g;

export const specialToken: RecordRule = {
  id: "special-token",
  severity: "error",
  summary: "A text spells a special token that the target refuses in texts, such as <|endoftext|>.",
  explanation: "Special tokens begin and end messages for the model; text that spells one could steer it, so that OpenAI refuses the whole file: `Invalid file format. Example 6174 message contains an invalid token: <|fim_suffix|>`. They are often left over from a template that was applied too early. Remove the token, or write it in other words.",
  source: "https://github.com/openai/tiktoken (tiktoken_ext/openai_public.py)",
  markers: ["<|", "<\uFF5C"],
  *check(record, { reserved, title }) {
    const tokens = (reserved ?? []).filter((token) => isSpecialToken(token));
    if (tokens.length === 0) return;
    for (const { node, text, where } of passagesOf(record)) {
      for (const { 0: token, index } of text.matchAll(tokenSpelling)) {
        if (!tokens.includes(token)) continue;
        const { start, end } = writtenRange(record.text, node, index, index + token.length);
        yield {
          start, end,
          message: `${sentence(where)} contains ${token}; ${title} refuses special tokens in texts (message contains an invalid token: ${token}). Remove it, or write it in other words.`,
          fixes: [{ title: `Remove ${token}`, safe: false, edits: [{ start, end, text: "" }] }],
        };
      }
    }
  },
};

/** Whether a reserved string has the form of a special token. */
export function isSpecialToken(text: string): boolean {
  return text.match(tokenSpelling)?.[0] === text;
}

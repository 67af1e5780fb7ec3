import { linesOf, makeTexts } from "./made-texts.ts";

/**
 * Chat records as they are found: two to four messages, answers of some sentences, line breaks and quotation marks in some, no two alike, all clean.
 * Lines of JSONL in pieces of a megabyte or so, until there are `bytes` of them.
 */
export function chatRecords(bytes: number, seed = 1): Generator<Buffer> {
  const { next, text } = makeTexts(seed);
  return linesOf(bytes, (record) => {
    const messages = [{ role: "system", content: "You are a helpful assistant of a bank." }];
    for (let turn = 0; turn <= next(2); turn++) messages.push({ role: "user", content: `${record}: ${text(1 + next(2))}` }, { role: "assistant", content: text(2 + next(9)) });
    return JSON.stringify({ messages });
  });
}

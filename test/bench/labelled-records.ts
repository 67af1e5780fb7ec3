import { linesOf, makeTexts } from "./made-texts.ts";

const labels = 77;

/** Chat records that answer with one of 77 labels, which a word of the question tells; one in 200 has another. */
export function labelledRecords(bytes: number): Generator<Buffer> {
  const { next, text } = makeTexts(7);
  return linesOf(bytes, (record) => {
    const label = next(labels);
    return JSON.stringify({ messages: [{ role: "system", content: "Name the intent." }, { role: "user", content: `${record}: ${text(3 + next(8))} word${label} word${label}` }, { role: "assistant", content: `intent_${next(200) === 0 ? next(labels) : label}` }] });
  });
}

/** OpenAI's stored completions. */
export function storedCompletions(bytes: number): Generator<Buffer> {
  const { next, text } = makeTexts(11);
  return linesOf(bytes, (record) => JSON.stringify({
    id: `chatcmpl-${record}`, object: "chat.completion", created: 1_700_000_000 + record, model: "gpt-4o-mini",
    request: { messages: [{ role: "system", content: "You are a helpful assistant of a bank." }, { role: "user", content: `${record}: ${text(2 + next(3))}` }] },
    choices: [{ index: 0, message: { role: "assistant", content: text(2 + next(6)) }, finish_reason: "stop" }],
  }));
}

/** A table of questions and their labels, as CSV. */
export function* tableRows(bytes: number): Generator<Buffer> {
  const { next, text } = makeTexts(13);
  yield Buffer.from("text,category\n");
  yield* linesOf(bytes, (record) => `"${record}: ${text(2 + next(5)).replaceAll('"', '""')}",intent_${next(labels)}`);
}

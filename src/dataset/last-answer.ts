/** An object of JSON. */
type Members = Readonly<Record<string, unknown>>;

/** What formats call the one who is trained. */
export const assistants: readonly unknown[] = ["assistant", "gpt", "chatgpt", "bing", "bard", "bot", "model"];

/** Key of the answer, and keys of what is asked, of records that are no chats. */
export const answerFields: readonly (readonly [answer: string, prompt: readonly string[]])[] = [
  ["completion", ["prompt", "system"]],
  ["output", ["instruction", "input", "system", "history"]],
  ["answer", ["question", "context"]],
];

/** The last answer of a record in whatever format, as it is written; undefined where it has none, or none that is a text. */
export function lastAnswer(record: Members): string | undefined {
  const messages = record["messages"] ?? record["conversations"] ?? record["contents"] ?? record["preferred_output"] ?? record["chosen"];
  if (Array.isArray(messages)) {
    const last = (messages as readonly (Members | null)[]).findLast((turn) => assistants.includes(turn?.["role"] ?? turn?.["from"]));
    return textOf(last?.["content"] ?? last?.["value"] ?? last?.["parts"]);
  }
  for (const [key] of answerFields) if (typeof record[key] === "string") return record[key];
  return textOf(messages);
}

function textOf(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const texts = (content as readonly (Members | null)[]).flatMap((part) => (typeof part?.["text"] === "string" ? [part["text"]] : []));
  return texts.length > 0 ? texts.join("\n") : undefined;
}

/** The port to a tokenizer: how many tokens a text has. */
export type CountTokens = (text: string) => number;

/** OpenAI's framing of a conversation: tokens of each message, of a name, and of the answer's priming. */
const perMessage = 3;
const perName = 1;
const perRecord = 3;

/**
 * The tokens that one chat record is billed as: every text of every message, and the framing.
 * Source: openai-cookbook, `examples/Chat_finetuning_data_prep.ipynb`, `num_tokens_from_messages`; parts and calls, which it leaves out, count by their
 * texts. 0 for a line that is no chat record.
 */
export function recordTokens(line: string, count: CountTokens): number {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return 0;
  }
  const messages = isObject(record) ? record["messages"] : undefined;
  if (!Array.isArray(messages)) return 0;
  return messages.reduce((sum: number, message: unknown) => sum + messageTokens(message, count), perRecord);
}

function messageTokens(message: unknown, count: CountTokens): number {
  if (!isObject(message)) return 0;
  return perMessage + Object.entries(message).reduce((sum, [key, value]) => sum + textTokens(value, count) + (key === "name" ? perName : 0), 0);
}

function textTokens(value: unknown, count: CountTokens): number {
  if (typeof value === "string") return count(value);
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, each: unknown) => sum + textTokens(each, count), 0);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether OpenAI's encoding o200k_base is the one that this model was made with; for any other model its counts are an estimate. */
export function isCountedExactly(model: string): boolean {
  return /^(ft:)?(gpt-4o|gpt-4\.1|gpt-5|o[1-9]\b|chatgpt-4o|gpt-oss)/.test(model);
}

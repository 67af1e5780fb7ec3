import { imageFormulaOf, type CountImage, type ImageFormula } from "./image-tokens.ts";

/** The port to a tokenizer: how many tokens a text has, and a picture, where the provider says how it counts them. */
export interface CountTokens {
  (text: string): number;
  readonly image?: CountImage;
}

/** OpenAI's framing of a conversation: tokens of each message, of a name, and of the answer's priming. */
const perMessage = 3;
const perName = 1;
const perRecord = 3;

/** Where a record keeps what is learnt when it keeps no conversation: plain texts, or lists of messages, of every format. */
const textKeys = ["prompt", "completion", "text", "chosen", "rejected", "instruction", "input", "output", "response", "system"] as const;
const conversationKeys = ["messages", "conversations", "contents", "preferred_output", "non_preferred_output"] as const;

/** What one record costs a training. */
export interface RecordTokens {
  /** 0 for a line that holds nothing to learn. */
  readonly tokens: number;
  /** Whether it has definitions of tools, pictures whose size is not known, or sound, which a service counts in a way of its own and `tokens` leaves out. */
  readonly more: boolean;
}

/**
 * The tokens that one record is billed as: every text of every message, and the framing.
 * Source: openai-cookbook, `examples/Chat_finetuning_data_prep.ipynb`, `num_tokens_from_messages`; parts and calls, which it leaves out, count by their
 * texts, pictures by the formula of the provider, and so do both answers of a pair and the texts of records that are no conversation.
 */
export function recordTokens(line: string, count: CountTokens): RecordTokens {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return { tokens: 0, more: false };
  }
  if (!isObject(record)) return { tokens: 0, more: false };
  let isWhole = true;
  const counting: CountTokens = Object.assign((text: string) => count(text), {
    image: (picture: Parameters<CountImage>[0]) => {
      const own = count.image?.(picture);
      if (own === undefined) isWhole = false;
      return own;
    },
  });
  const tokens = learntTokens(record, counting);
  return { tokens: tokens === 0 ? 0 : tokens + perRecord, more: tokens > 0 && (isFilled(record["tools"]) || isFilled(record["functions"]) || !isWhole || /"(input_audio|inlineData|fileData|image)"\s*:/.test(line)) };
}

function learntTokens(record: Readonly<Record<string, unknown>>, count: CountTokens): number {
  let sum = 0;
  for (const key of conversationKeys) if (Array.isArray(record[key])) sum += messagesTokens(record[key], count);
  for (const key of textKeys) {
    const value = record[key];
    if (typeof value === "string") sum += count(value);
    else if (Array.isArray(value)) sum += messagesTokens(value, count);
    else if (key === "input" && isObject(value)) sum += learntTokens(value, count);
  }
  return sum;
}

function messagesTokens(messages: readonly unknown[], count: CountTokens): number {
  return messages.reduce((sum: number, message) => sum + messageTokens(message, count), 0);
}

/** The tokens of one message of a conversation, with its framing. */
export function messageTokens(message: unknown, count: CountTokens): number {
  if (!isObject(message)) return 0;
  return perMessage + Object.entries(message).reduce((sum, [key, value]) => sum + textTokens(value, count) + (key === "name" ? perName : 0), 0);
}

function textTokens(value: unknown, count: CountTokens): number {
  // The bytes of a picture are no text.
  if (typeof value === "string") return value.startsWith("data:") ? 0 : count(value);
  if (typeof value !== "object" || value === null) return 0;
  if ("image_url" in value) return pictureTokens(value.image_url, count);
  return Object.values(value).reduce((sum: number, each: unknown) => sum + textTokens(each, count), 0);
}

/** A picture is an address, or an object with one and with how closely it is to be looked at. */
function pictureTokens(link: unknown, count: CountTokens): number {
  const { url, detail } = isObject(link) ? link : { url: link, detail: undefined };
  return (typeof url === "string" ? count.image?.({ address: url, detail: typeof detail === "string" ? detail : undefined }) : undefined) ?? 0;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** OpenAI's encodings that are counted in. */
export type Encoding = "o200k_base" | "cl100k_base";

/** What a model's tokens are counted in, and whether that is the encoding that it was made with; for any other model the count is an estimate. */
export interface Tokenizer {
  readonly encoding: Encoding;
  readonly exact: boolean;
  /** How its provider counts pictures, where that is known. */
  readonly images?: ImageFormula;
}

/** The tokenizer of a model, by its name. Source: openai/tiktoken, `model.py`. */
export function tokenizerOf(model: string): Tokenizer {
  const base = model.replace(/^ft:/, "");
  const images = imageFormulaOf(model);
  if (/^(gpt-4o|gpt-4\.1|gpt-5|o[1-9]\b|chatgpt-4o|gpt-oss)/.test(base)) return { encoding: "o200k_base", exact: true, ...(images ? { images } : {}) };
  if (/^(gpt-3\.5|gpt-35|gpt-4\b|babbage-002|davinci-002)/.test(base)) return { encoding: "cl100k_base", exact: true };
  return { encoding: "o200k_base", exact: false };
}

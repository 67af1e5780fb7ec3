import { hashText, hashWords, type Hash } from "./murmur-hash.ts";

/** The roles of a plain chat; their places are their numbers in a record's fingerprint. */
export const chatRoles = ["system", "developer", "user", "assistant"] as const;

/** Seeds: so that no chat has the fingerprint of other JSON but by chance. */
const seeds = { json: 0, chat: 1 };

/**
 * What two records share if they are the same value: white space between tokens, and how a number or an escape is written, do not count; the order
 * of keys does. That of a plain chat is made of the hashes of its contents, so that it can be told from bytes without writing the record anew.
 */
export function recordFingerprint(value: unknown): Hash {
  const words = plainChatWords(value);
  return words ? hashWords(words, seeds.chat) : hashText(JSON.stringify(value), seeds.json);
}

/** The hash of a text as JSON writes it, without the quotation marks. */
export function textHash(text: string): Hash {
  return hashText(JSON.stringify(text).slice(1, -1), seeds.json);
}

/** Three words a message: its role and the order of its keys, and the hash of its content. Undefined where there is more, or less. */
function plainChatWords(value: unknown): number[] | undefined {
  if (!hasKeys(value, 1) || !Array.isArray(value["messages"])) return undefined;
  const words: number[] = [];
  for (const message of value["messages"] as readonly unknown[]) {
    if (!hasKeys(message, 2)) return undefined;
    const { role, content } = message;
    const number = (chatRoles as readonly unknown[]).indexOf(role);
    if (number < 0 || typeof content !== "string") return undefined;
    const { high, low } = textHash(content);
    words.push(number | (Object.keys(message)[0] === "content" ? 0x100 : 0), high, low);
  }
  return words;
}

function hasKeys(value: unknown, count: number): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === count;
}

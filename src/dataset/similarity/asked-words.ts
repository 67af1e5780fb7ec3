import { hashText } from "../murmur-hash.ts";
import { askedOf } from "./manner.ts";

/** Hashes of the words and of the pairs of neighbouring words in what a record asks last, each once; letter case, hyphens and punctuation do not count. Empty for what asks nothing. */
export function askedWords(text: string): Int32Array {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return new Int32Array();
  }
  if (typeof record !== "object" || record === null || Array.isArray(record)) return new Int32Array();
  const words = askedOf(record as Readonly<Record<string, unknown>>).slice(0, mostCharacters).toLowerCase().split(/[^\p{L}\p{N}'’]+/u).filter((word) => word !== "");
  const hashes = new Set<number>();
  words.forEach((word, at) => {
    hashes.add(hashText(word).low | 0);
    if (at > 0) hashes.add(hashText(`${words[at - 1] ?? ""} ${word}`).low | 0);
  });
  return Int32Array.from(hashes);
}

/** Characters of a question that are looked at. */
const mostCharacters = 2000;

import { hashNumber } from "../murmur-hash.ts";
import { recordFingerprint } from "../record-fingerprint.ts";
import { conversationHashes } from "../similarity/conversation-hashes.ts";

/** By what a record is found again: the hashes of its value and of what it asks, as numbers of 53 bits; 0 where there is none. */
export interface RecordKey {
  readonly hash: number;
  readonly prompt: number;
}

/** The key of a line; 0 both for what is no object of JSON. */
export function recordKey(line: string): RecordKey {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return none;
    const hashes = conversationHashes(value as Readonly<Record<string, unknown>>);
    return { hash: hashNumber(recordFingerprint(value)), prompt: hashes ? hashNumber(hashes.prompt) : 0 };
  } catch {
    return none;
  }
}

const none: RecordKey = { hash: 0, prompt: 0 };

/** A key's half as it is written down; undefined where there is none. */
export function writtenHash(hash: number): string | undefined {
  return hash === 0 ? undefined : hash.toString(16).padStart(14, "0");
}

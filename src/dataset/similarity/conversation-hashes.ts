import { answerFields, assistants } from "../last-answer.ts";
import type { Hash } from "../murmur-hash.ts";
import { combinedHash, hashOfSaid } from "./said-hash.ts";

/** What a record asks, what it answers, and how its conversation begins, as hashes. */
export interface ConversationHashes {
  /** All before the last answer: system message, history and tools included. */
  readonly prompt: Hash;
  /** The last answer. */
  readonly answer: Hash;
  /** What is said up to the first answer, and that, without the system message; undefined where too little is asked to tell conversations apart. */
  readonly opening: Hash | undefined;
}

type Members = Readonly<Record<string, unknown>>;

const silent: readonly unknown[] = ["system", "developer"];
/** A question of fewer words, such as a greeting, opens many a conversation. */
const fewestWords = 5;

/** The hashes of a record; undefined where it asks nothing, or answers nothing. */
export function conversationHashes(record: Members): ConversationHashes | undefined {
  const messages = record["messages"] ?? record["conversations"];
  if (Array.isArray(messages)) return hashesOfTurns(messages as readonly (Members | null)[], [record["tools"] ?? record["functions"], record["system"]]);
  for (const [key, keys] of answerFields) {
    const asked = record[keys[0] ?? ""];
    if (typeof record[key] !== "string" || typeof asked !== "string" || asked.trim() === "") continue;
    return { prompt: hashOfSaid(keys.map((each) => record[each] ?? "")), answer: hashOfSaid(record[key]), opening: undefined };
  }
  return undefined;
}

function hashesOfTurns(turns: readonly (Members | null)[], around: readonly unknown[]): ConversationHashes | undefined {
  const last = turns.findLastIndex((turn) => assistants.includes(roleOf(turn)));
  if (last < 0) return undefined;
  const hashes: Hash[] = [];
  const opening: Hash[] = [];
  let words = 0;
  let asked = 0;
  let isAnswered = false;
  for (let place = 0; place <= last; place++) {
    const turn = turns[place];
    const own = hashOfSaid(turn);
    hashes.push(own);
    if (silent.includes(roleOf(turn))) continue;
    if (place < last) asked++;
    if (isAnswered) continue;
    opening.push(own);
    isAnswered = assistants.includes(roleOf(turn));
    if (!isAnswered) words += wordsOf(turn?.["content"] ?? turn?.["value"]);
  }
  const answer = hashes.pop();
  if (!answer || asked === 0) return undefined;
  if (around.some((each) => each !== undefined)) hashes.push(hashOfSaid(around));
  return { prompt: combinedHash(hashes), answer, opening: words >= fewestWords ? combinedHash(opening) : undefined };
}

function roleOf(turn: Members | null | undefined): unknown {
  return turn?.["role"] ?? turn?.["from"];
}

/** How many words a text has, up to as many as are asked for; what is no text tells conversations apart. */
function wordsOf(content: unknown): number {
  if (typeof content !== "string") return fewestWords;
  let words = 0;
  let isWord = false;
  for (let at = 0; at < content.length && words < fewestWords; at++) {
    const isSpace = content.charCodeAt(at) <= 0x20;
    if (!isSpace && !isWord) words++;
    isWord = !isSpace;
  }
  // Languages without spaces between words say as much in a few signs.
  return words < fewestWords && content.length > 8 * fewestWords ? fewestWords : words;
}

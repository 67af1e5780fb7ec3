import type { Hash } from "../murmur-hash.ts";
import { conversationHashes } from "./conversation-hashes.ts";
import { bandPlan, writeBands } from "./min-hash.ts";
import { mannerOf } from "./manner.ts";
import { textOfRecord } from "./record-text.ts";
import { shingleSet, shinglesOf } from "./shingles.ts";

/**
 * What a record is like, in numbers by which others like it are found: a hash for each band, then two halves each of the hashes of its prompt, of its answer and of
 * how its conversation opens (zeros where it has none), of its system message, the lengths of both answers of a pair, the place of its language, then 1. All zeros stand for a record that says nothing.
 */
export type Likeness = Uint32Array;

/** Where the hashes stand behind those of the bands. */
export const behindBands = { prompt: 0, answer: 2, opening: 4, system: 6, chosen: 8, rejected: 9, language: 10, end: 12 };

/** Room for one likeness, used again and again: memory of its own for each record would cost more than all that is computed. */
let room = new Uint32Array(0);

/** The likeness of a record by its text, lent until the next call; undefined where that is no object of JSON, or says nothing. */
export function likenessOf(text: string, similarity: number): Likeness | undefined {
  const record = parsed(text);
  if (!record) return undefined;
  const shingles = shinglesOf(textOfRecord(record));
  if (shingles.length === 0) return undefined;
  const plan = bandPlan(similarity);
  if (room.length !== plan.bands + behindBands.end) room = new Uint32Array(plan.bands + behindBands.end);
  const likeness = room;
  writeBands(shingles, plan, likeness);
  const { prompt, answer, opening } = conversationHashes(record) ?? none;
  write(prompt, plan.bands + behindBands.prompt);
  write(answer, plan.bands + behindBands.answer);
  write(opening, plan.bands + behindBands.opening);
  const { system, chosen, rejected, language } = mannerOf(record);
  write(system, plan.bands + behindBands.system);
  likeness[plan.bands + behindBands.chosen] = chosen;
  likeness[plan.bands + behindBands.rejected] = rejected;
  likeness[plan.bands + behindBands.language] = language;
  likeness[plan.bands + behindBands.end - 1] = 1;
  return likeness;
}

function write(hash: Hash | undefined, place: number): void {
  room[place] = hash?.high ?? 0;
  room[place + 1] = hash?.low ?? 0;
}

const none = { prompt: undefined, answer: undefined, opening: undefined };

/** The shingles of a record by its text, as a set; empty for what is no object of JSON. */
export function shinglesOfRecord(text: string): Int32Array {
  const record = parsed(text);
  return shingleSet(record ? textOfRecord(record) : "");
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

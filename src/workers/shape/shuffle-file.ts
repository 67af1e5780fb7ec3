import { hashNumber, hashWords } from "../../dataset/murmur-hash.ts";
import type { Shuffle } from "../../dataset/shape/shape.ts";
import type { FileProgress } from "../lint-file.ts";
import { openSource } from "../read-source.ts";
import type { Outcome } from "./outcome.ts";
import type { PartWriter } from "./part-writer.ts";
import { readRecords, recordLines } from "./read-records.ts";

/** Bytes of records that are held at once. */
const mostHeld = 64e6;

/**
 * Writes the records of a file in an order that the seed alone decides, each order as likely as any other. A large file is read several times, each time for the records
 * that come next, so that memory holds a part of it and nothing has to be written twice.
 */
export function shuffleInto(input: string, { seed }: Shuffle, [part]: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  const source = openSource(input);
  source.close();
  const rounds = Math.max(1, Math.ceil(source.byteLength / mostHeld));
  let records = 0;
  for (let round = 0; round < rounds; round++) {
    const held: { readonly rank: number; readonly bytes: Uint8Array }[] = [];
    let record = 0;
    const told = (progress: FileProgress): void => watch({ ...progress, bytes: (round * progress.byteLength + progress.bytes) / rounds });
    // The first time each line is read as a record: one that stands on several lines must not be torn.
    for (const { bytes } of (round === 0 ? readRecords : recordLines)(input, told)) {
      const rank = hashNumber(hashWords([record++, seed])) / 2 ** 53;
      // What is read is a view of a larger slice, which would be held with it.
      if (Math.floor(rank * rounds) === round) held.push({ rank, bytes: Uint8Array.prototype.slice.call(bytes) });
    }
    for (const { bytes } of held.sort((a, b) => a.rank - b.rank)) part?.append(bytes);
    records = record;
  }
  return { records };
}

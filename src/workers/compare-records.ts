import { createHash } from "node:crypto";
import { openRecordFile } from "./records/record-file.ts";

/** How many records of a file are not in another one, and the other way round. Equal records count as often as they stand there. */
export interface RecordDifference {
  readonly added: number;
  readonly removed: number;
}

/** Compares the lines of two files that hold a record, by their texts. Memory holds eight bytes a record. Rejects with a FileError. */
export async function compareRecords(before: string, after: string): Promise<RecordDifference> {
  const [one, other] = [await hashesOf(before), await hashesOf(after)];
  let [first, second, same] = [0, 0, 0];
  while (first < one.length && second < other.length) {
    const [a, b] = [one[first] ?? 0n, other[second] ?? 0n];
    if (a === b) same++;
    if (a <= b) first++;
    if (b <= a) second++;
  }
  return { added: other.length - same, removed: one.length - same };
}

async function hashesOf(path: string): Promise<BigUint64Array> {
  const file = openRecordFile(path);
  let lines = 0;
  await file.index((progress) => (lines = progress.lines));
  const hashes = new BigUint64Array(lines);
  let records = 0;
  for (let line = 0; line < lines; line++) {
    const extent = file.extent(line);
    const text = file.read(extent, extent.end - extent.start);
    if (text.trim() === "") continue;
    hashes[records] = createHash("sha256").update(text, "utf8").digest().readBigUInt64LE();
    records++;
  }
  return hashes.subarray(0, records).sort();
}

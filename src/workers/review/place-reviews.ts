import { createGrowingArray } from "../../dataset/growing-array.ts";
import type { ReviewEntry } from "../../dataset/review/entry.ts";
import { placeAnchors, type KeyedRecords } from "../../dataset/review/place.ts";
import { recordKey } from "../../dataset/review/record-key.ts";
import { statusOf, type PlacedEntry, type ReviewStatus } from "../../dataset/review/status.ts";
import type { FileProgress } from "../lint-file.ts";
import { recordLines } from "../shape/read-records.ts";
import { readReviewFolder } from "./read-review-folder.ts";

/** What was said of one record. */
export interface ReviewedRecord {
  /** From 0. */
  readonly line: number;
  readonly status: ReviewStatus;
  /** The oldest first. */
  readonly entries: readonly PlacedEntry[];
}

/** What was said of a dataset's records, found on the lines where they stand now. */
export interface PlacedReviews {
  /** How many records the dataset has. */
  readonly records: number;
  /** In the order of the lines. */
  readonly reviewed: readonly ReviewedRecord[];
  /** What was said of records that are gone. */
  readonly gone: readonly ReviewEntry[];
  /** Lines of reviewers' files that cannot be read. */
  readonly unreadable: number;
}

/** Reads what was said of a dataset's records, and where they stand now. Throws a FileError. */
export function placeReviews(dataset: string, watch?: (progress: FileProgress) => void): PlacedReviews {
  const { entries, unreadable } = readReviewFolder(dataset);
  const keys = readKeys(dataset, watch);
  const byRecord = new Map<number, PlacedEntry[]>();
  const gone: ReviewEntry[] = [];
  for (const [index, placement] of placeAnchors(entries.map(({ record }) => record), keys).entries()) {
    const entry = entries[index];
    if (!entry) continue;
    if (!placement) gone.push(entry);
    else byRecord.set(placement.record, [...(byRecord.get(placement.record) ?? []), { ...entry, isCurrent: placement.isCurrent }]);
  }
  const reviewed = Array.from(byRecord, ([record, own]) => ({ line: keys.lines[record] ?? 0, status: statusOf(own), entries: own }));
  return { records: keys.lines.length, reviewed: reviewed.sort((a, b) => a.line - b.line), gone, unreadable };
}

function readKeys(dataset: string, watch?: (progress: FileProgress) => void): KeyedRecords {
  const lines = createGrowingArray((length) => new Uint32Array(length));
  const hashes = createGrowingArray((length) => new Float64Array(length));
  const prompts = createGrowingArray((length) => new Float64Array(length));
  for (const { line, text } of recordLines(dataset, watch)) {
    const { hash, prompt } = recordKey(text);
    lines.push(line);
    hashes.push(hash);
    prompts.push(prompt);
  }
  return { lines: lines.finish(), hashes: hashes.finish(), prompts: prompts.finish() };
}

import { apportion } from "../shape/apportion.ts";
import { seededRank } from "../shape/seeded-rank.ts";
import { createLabelJudge, isCommon, nearest, type LabelVerdict } from "./label-judge.ts";

/** A record whose label is probably wrong, and the nearest record with the label that most of its neighbours have. */
export interface SuspiciousLabel extends LabelVerdict {
  readonly record: number;
}

/** Which records are compared with which: all with all, or, where there are more, all with a sample in which each label has its share. */
export interface Comparison {
  readonly found: readonly SuspiciousLabel[];
  /** How many records were judged, and with how many of them. */
  readonly judged: number;
  readonly reference: number;
}

/** Reads features of records again: the words of each that is wanted, by its place among these. */
export type ReadWords = (records: Uint32Array, take: (place: number, words: Int32Array) => void) => void;

/** Records that all are compared with, at most, and the features of all of them together, so that memory is bounded. */
const most = { records: 20_000, features: 2_000_000 };
/** How many features a record of a large file may share with all those together that it is compared with, so that time grows with the number of records only. */
const mostShared = 5000;
/** Records by which it is estimated how many features they have and share. */
const estimated = 200;

/**
 * Records whose neighbours have another label, as `createLabelJudge` compares them, the most suspicious first, at most `mostFound` of them; `labels` has the number of each record's label, from 0.
 * Each record is compared with all others; where there are more than 20,000, or where they have more than two million words and pairs of words, with a sample of them, the smaller the more
 * words records share: of each label its share, and ten records where it has as many.
 */
export function suspiciousLabels(labels: Int32Array, readWords: ReadWords, mostFound = Infinity): Comparison {
  const all = Uint32Array.from(labels, (_, record) => record);
  const records = sampleOf(labels, referenceSize(all, readWords));
  const words: Int32Array[] = Array.from(records, () => new Int32Array());
  readWords(records, (place, own) => void (words[place] = own));
  const judge = createLabelJudge(words, Int32Array.from(records, (record) => labels[record] ?? 0));
  let found: SuspiciousLabel[] = [];
  const keep = (record: number, verdict: LabelVerdict | undefined): void => {
    if (!verdict) return;
    found.push({ ...verdict, record, neighbour: records[verdict.neighbour] ?? 0 });
    if (found.length > 2 * mostFound + 1000) found = best(found, mostFound);
  };
  if (records.length === labels.length) words.forEach((own, record) => keep(record, judge(own, labels[record] ?? 0, record)));
  else {
    let next = 0;
    readWords(all, (record, own) => {
      while ((records[next] ?? Infinity) < record) next++;
      keep(record, judge(own, labels[record] ?? 0, records[next] === record ? next : undefined));
    });
  }
  return { found: best(found, mostFound), judged: labels.length, reference: records.length };
}

function best(found: readonly SuspiciousLabel[], count: number): SuspiciousLabel[] {
  return [...found].sort((a, b) => b.score - a.score || a.record - b.record).slice(0, count);
}

/** How many records all are compared with. */
function referenceSize(all: Uint32Array, readWords: ReadWords): number {
  const looked = Math.min(all.length, estimated);
  const counts = new Map<number, number>();
  let features = 0;
  readWords(Uint32Array.from({ length: looked }, (_, place) => Math.floor((place * all.length) / looked)), (_, words) => {
    features += words.length;
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  });
  const size = Math.min(all.length, most.records, Math.floor((most.features * looked) / Math.max(1, features)));
  if (size === all.length) return size;
  /** How many features two records share on average, without those by which no neighbour is looked for. */
  const shared = [...counts.values()].reduce((sum, count) => sum + (isCommon(count, looked) ? 0 : count * (count - 1)), 0) / (looked * (looked - 1));
  return Math.min(size, Math.ceil(mostShared / shared));
}

/** Rising records, of each label its share of `size`, and ten where it has as many; the same ones for the same labels. */
function sampleOf(labels: Int32Array, size: number): Uint32Array {
  if (size >= labels.length) return Uint32Array.from(labels, (_, record) => record);
  const left: number[] = [];
  for (const label of labels) left[label] = (left[label] ?? 0) + 1;
  const wanted = apportion(size, left).map((share, label) => Math.max(share, Math.min(left[label] ?? 0, nearest)));
  const chosen: number[] = [];
  labels.forEach((label, record) => {
    // Each that is left has the same chance (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
    const isChosen = seededRank(record, 1) * (left[label] ?? 0) < (wanted[label] ?? 0);
    left[label] = (left[label] ?? 0) - 1;
    if (!isChosen) return;
    wanted[label] = (wanted[label] ?? 0) - 1;
    chosen.push(record);
  });
  return Uint32Array.from(chosen);
}

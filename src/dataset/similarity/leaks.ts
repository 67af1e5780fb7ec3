import { createFirstLines } from "../first-lines.ts";
import type { Hash } from "../murmur-hash.ts";
import { createNumberTable, type CreateTable } from "../number-table.ts";
import { behind, type Kept } from "./kept-file.ts";
import { behindBands, type Likeness } from "./likeness.ts";
import { bandPlan } from "./min-hash.ts";
import { nearMatches } from "./near-matches.ts";
import type { Reread } from "./near-pairs.ts";
import { sides, type Side } from "./side.ts";

/** A record of one file that stands, in some way, in a file before it. */
export interface Leak {
  /** By how many records of its file stand before it. */
  readonly record: number;
  /**
   * `equal`: the same value of JSON. `near`: as similar as asked for. `prompt`: the same before its last answer. `opening`: the same first question and answer,
   * whatever the system message, so that both are of one conversation.
   */
  readonly kind: "equal" | "near" | "prompt" | "opening";
  readonly file: string;
  readonly line: number;
  readonly similarity: number;
}

/** Compares files with one another: those of training data come first, then those of validation data, then test data. */
export interface LeakSearch {
  begin(file: string, side: Side): FileInSearch;
}

export interface FileInSearch {
  /** Keeps the labels of this file, whose answers are labels or not, for the files after it; gives those of the training files before. */
  compareLabels(own: FileLabels): readonly (FileLabels & { readonly file: string })[];
  add(record: PlacedRecord, likeness: Likeness): void;
  /** The leaks of this file, in its order, at most one for each record. From then on the file is one of those before; `reread` stays at hand for that. */
  finish(reread: Reread): Iterable<Leak>;
}

/** The labels of a file by their hashes, each with the line of its first record. */
export interface FileLabels {
  readonly labels: ReadonlyMap<number, { readonly count: number; readonly first: number }>;
  /** Whether its answers are labels. */
  readonly areLabels: boolean;
}

export interface PlacedRecord {
  readonly record: number;
  readonly line: number;
  readonly length: number;
  readonly fingerprint: Hash | undefined;
}

/** In this order, the first kind that fits a record is told of it. */
const kinds = ["equal", "near", "prompt", "opening"] as const;
/** A prompt or an opening that more records than these have, or a larger share, is a template and no leak. */
const common = { records: 20, share: 0.01 };

/** Of each record `createTable`'s tables keep the hashes of its bands and 36 bytes: 84 bytes at 12 bands. */
export function createLeakSearch(similarity: number, createTable: CreateTable = createNumberTable): LeakSearch {
  const { bands } = bandPlan(similarity);
  const before: Kept[] = [];
  const labelled: (FileLabels & { readonly file: string; readonly side: Side })[] = [];
  return {
    begin(file, side) {
      const table = createTable(bands + behind.end);
      const row = new Uint32Array(bands + behind.end);
      return {
        compareLabels(own) {
          const training = labelled.filter((each) => each.side === "training" && side !== "training");
          labelled.push({ ...own, file, side });
          return training;
        },
        add({ record, line, length, fingerprint }, likeness) {
          // Records that were read with another measure have other bands.
          if (likeness.length !== bands + behindBands.end) return;
          for (let band = 0; band < bands; band++) row[band] = likeness[band] ?? 0;
          row[bands + behind.equal] = fingerprint?.high ?? 0;
          row[bands + behind.equal + 1] = fingerprint?.low ?? 0;
          for (const kind of ["prompt", "opening"] as const) for (const half of [0, 1]) row[bands + behind[kind] + half] = likeness[bands + behindBands[kind] + half] ?? 0;
          row[bands + behind.record] = record;
          row[bands + behind.line] = line;
          row[bands + behind.length] = length;
          table.push(row);
        },
        *finish(reread) {
          const own: Kept = { file, rank: sides.indexOf(side), table, reread };
          const earlier = before.filter(({ rank }) => rank < own.rank);
          before.push(own);
          const leaks = createLeaks(table.length);
          for (const [number, other] of earlier.entries()) matches(own, other, bands + behind.equal, (place, match) => leaks.keep(place, "equal", number, match, 1));
          for (const [number, other] of earlier.entries()) nearMatches(own, other, bands, similarity, leaks.isKnown, (place, match, measured) => leaks.keep(place, "near", number, match, measured));
          for (const kind of ["prompt", "opening"] as const) {
            for (const [number, other] of earlier.entries()) matches(own, other, bands + behind[kind], (place, match) => leaks.keep(place, kind, number, match, 0), common);
          }
          const records = table.column(bands + behind.record);
          const linesThere = earlier.map((other) => other.table.column(bands + behind.line));
          for (const { place, kind, other, match, measured } of leaks.all()) yield { record: records[place] ?? 0, kind, file: earlier[other]?.file ?? "", line: linesThere[other]?.[match] ?? 0, similarity: measured };
        },
      };
    },
  };
}

/** The leaks of so many records, at most one of each: the first that is kept. */
function createLeaks(count: number): {
  isKnown(place: number): boolean;
  keep(place: number, kind: Leak["kind"], other: number, match: number, measured: number): void;
  all(): Generator<{ readonly place: number; readonly kind: Leak["kind"]; readonly other: number; readonly match: number; readonly measured: number }>;
} {
  const known = new Uint8Array(count);
  const others = new Uint32Array(count);
  const matched = new Uint32Array(count);
  const measures = new Float64Array(count);
  return {
    isKnown: (place) => known[place] !== 0,
    keep(place, kind, other, match, measured) {
      if (known[place] !== 0) return;
      known[place] = kinds.indexOf(kind) + 1;
      others[place] = other;
      matched[place] = match;
      measures[place] = measured;
    },
    *all() {
      for (let place = 0; place < count; place++) {
        const kind = kinds[(known[place] ?? 0) - 1];
        if (kind) yield { place, kind, other: others[place] ?? 0, match: matched[place] ?? 0, measured: measures[place] ?? 0 };
      }
    },
  };
}

/** Hands over each record whose hash, in two columns, another file has, with the first record there; without those of a hash that too many have there. */
function matches(own: Kept, other: Kept, column: number, take: (place: number, match: number) => void, most?: typeof common): void {
  const [high, low] = [own.table.column(column), own.table.column(column + 1)];
  const first = createFirstLines();
  /** The place of the first record of this file with the same hash; the place after the last one where it has none. */
  const group = new Uint32Array(high.length).fill(high.length);
  for (let place = 0; place < high.length; place++) {
    const hash = hashOf(high, low, place);
    if (hash) group[place] = first.before(hash, place) ?? place;
  }
  const [highThere, lowThere] = [other.table.column(column), other.table.column(column + 1)];
  const count = new Uint32Array(high.length + 1);
  const match = new Uint32Array(high.length + 1);
  for (let place = 0; place < highThere.length; place++) {
    const hash = hashOf(highThere, lowThere, place);
    const found = hash && first.lineOf(hash);
    if (found === undefined) continue;
    if (count[found] === 0) match[found] = place;
    count[found] = (count[found] ?? 0) + 1;
  }
  const fewEnough = most ? Math.max(most.records, most.share * other.table.length) : Infinity;
  for (let place = 0; place < high.length; place++) {
    const there = count[group[place] ?? 0] ?? 0;
    if (there > 0 && there <= fewEnough) take(place, match[group[place] ?? 0] ?? 0);
  }
}

/** The hash of a place, by its halves; undefined where there is none. */
function hashOf(high: Uint32Array, low: Uint32Array, place: number): Hash | undefined {
  const hash = { high: (high[place] ?? 0) | 0, low: (low[place] ?? 0) | 0 };
  return hash.high === 0 && hash.low === 0 ? undefined : hash;
}

import { createGrowingArray } from "../growing-array.ts";
import type { Hash } from "../murmur-hash.ts";
import { behindBands, type Likeness } from "./likeness.ts";
import { bandPlan } from "./min-hash.ts";
import type { Reread } from "./near-pairs.ts";
import { jaccard } from "./shingles.ts";
import { sides, type Side } from "./side.ts";
import { leastBeside, sampled, templateOf, withoutTemplate } from "./template.ts";

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
  finish(reread: Reread): readonly Leak[];
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

/** What is kept of a file: numbers of a fixed width for each record, in blocks, and where it stands. */
interface Kept {
  readonly file: string;
  readonly rank: number;
  readonly count: number;
  readonly width: number;
  at(place: number, column: number): number;
  readonly records: Uint32Array;
  readonly lines: Uint32Array;
  readonly lengths: Uint32Array;
  readonly reread: Reread;
}

/** Pairs that one band gives a record to be compared with. */
const mostOfBand = 4;
/** A prompt or an opening that more records than these have, or a larger share, is a template and no leak. */
const common = { records: 20, share: 0.01 };
/** Characters of the records whose shingles are held at once. */
const mostHeld = 50e6;
const blockBits = 8;
const blockMask = (1 << blockBits) - 1;

export function createLeakSearch(similarity: number): LeakSearch {
  const { bands } = bandPlan(similarity);
  const fingerprint = bands + behindBands.end;
  const width = fingerprint + 2;
  const before: Kept[] = [];
  const labelled: (FileLabels & { readonly file: string; readonly side: Side })[] = [];
  return {
    begin(file, side) {
      const blocks: Uint32Array[] = [];
      const records = createGrowingArray((length) => new Uint32Array(length));
      const lines = createGrowingArray((length) => new Uint32Array(length));
      const lengths = createGrowingArray((length) => new Uint32Array(length));
      return {
        compareLabels(own) {
          const training = labelled.filter((each) => each.side === "training" && side !== "training");
          labelled.push({ ...own, file, side });
          return training;
        },
        add(placed, likeness) {
          // Records that were read with another measure have other bands.
          if (likeness.length !== fingerprint) return;
          const place = records.length;
          if ((place & blockMask) === 0) blocks.push(new Uint32Array(width << blockBits));
          const start = (place & blockMask) * width;
          const block = blocks.at(-1);
          block?.set(likeness, start);
          if (block) {
            block[start + fingerprint] = placed.fingerprint?.high ?? 0;
            block[start + fingerprint + 1] = placed.fingerprint?.low ?? 0;
          }
          records.push(placed.record);
          lines.push(placed.line);
          lengths.push(placed.length);
        },
        finish(reread) {
          const own: Kept = {
            file, rank: sides.indexOf(side), count: records.length, width, reread,
            at: (place, column) => blocks[place >> blockBits]?.[(place & blockMask) * width + column] ?? 0,
            records: records.finish(), lines: lines.finish(), lengths: lengths.finish(),
          };
          const leaks: (Leak | undefined)[] = Array.from({ length: own.count });
          const earlier = before.filter(({ rank }) => rank < own.rank);
          before.push(own);
          const keep = (place: number, leak: Omit<Leak, "record" | "file">, other: Kept): void => {
            leaks[place] ??= { record: own.records[place] ?? 0, file: other.file, ...leak };
          };
          for (const other of earlier) for (const [place, match] of matches(own, other, fingerprint)) keep(place, { kind: "equal", line: other.lines[match] ?? 0, similarity: 1 }, other);
          for (const other of earlier) nearMatches(own, other, bands, similarity, (place) => leaks[place] !== undefined, (place, match, measured) => keep(place, { kind: "near", line: other.lines[match] ?? 0, similarity: measured }, other));
          for (const kind of ["prompt", "opening"] as const) {
            for (const other of earlier) for (const [place, match] of matches(own, other, bands + behindBands[kind], common)) keep(place, { kind, line: other.lines[match] ?? 0, similarity: 0 }, other);
          }
          return leaks.filter((leak) => leak !== undefined);
        },
      };
    },
  };
}

/** The hash that stands in two columns; undefined where there is none. */
function hashAt(file: Kept, place: number, column: number): number | undefined {
  const high = file.at(place, column);
  const low = file.at(place, column + 1);
  return high === 0 && low === 0 ? undefined : (high & 0x1fffff) * 2 ** 32 + low;
}

/** Records whose hash another file has, each with the first record there; without those of a hash that too many have there. */
function* matches(own: Kept, other: Kept, column: number, most?: typeof common): Generator<readonly [place: number, match: number]> {
  const found = new Map<number, { readonly first: number; count: number }>();
  const wanted = new Set<number>();
  for (let place = 0; place < own.count; place++) {
    const hash = hashAt(own, place, column);
    if (hash !== undefined) wanted.add(hash);
  }
  for (let place = 0; place < other.count; place++) {
    const hash = hashAt(other, place, column);
    if (hash === undefined || !wanted.has(hash)) continue;
    const known = found.get(hash);
    if (known) known.count++;
    else found.set(hash, { first: place, count: 1 });
  }
  for (let place = 0; place < own.count; place++) {
    const match = found.get(hashAt(own, place, column) ?? NaN);
    if (match && !(most && match.count > Math.max(most.records, most.share * other.count))) yield [place, match.first];
  }
}

/** Hands over each record that is as similar as asked for to one of another file, with the most similar one that was looked at. */
function nearMatches(own: Kept, other: Kept, bands: number, similarity: number, isKnown: (place: number) => boolean, take: (place: number, match: number, measured: number) => void): void {
  const pairs = candidates(own, other, bands, isKnown);
  if (pairs.length === 0) return;
  const similar = countOfFirst(pairs, other.count);
  // Where many are alike, what they share may be a template.
  const template = similar >= sampled.fewest && similar > sampled.share * own.count ? templateIn(other) : undefined;
  for (let first = 0; first < pairs.length; ) {
    const [ownPlaces, otherPlaces] = [new Set<number>(), new Set<number>()];
    let held = 0;
    let end = first;
    for (; end < pairs.length && (held < mostHeld || end === first); end++) {
      const [place, match] = placesOf(pairs[end] ?? 0, other.count);
      held += (ownPlaces.has(place) ? 0 : (own.lengths[place] ?? 0)) + (otherPlaces.has(match) ? 0 : (other.lengths[match] ?? 0));
      ownPlaces.add(place);
      otherPlaces.add(match);
    }
    const [ownShingles, otherShingles] = [shinglesIn(own, ownPlaces), shinglesIn(other, otherPlaces)];
    const best = new Map<number, { readonly match: number; readonly measured: number }>();
    for (let at = first; at < end; at++) {
      const [place, match] = placesOf(pairs[at] ?? 0, other.count);
      const [a, b] = [ownShingles.get(place), otherShingles.get(match)];
      const measured = a && b ? jaccard(a, b) : 0;
      if (!a || !b || measured < similarity || measured <= (best.get(place)?.measured ?? 0)) continue;
      if (!template || jaccard(withoutTemplate(a, template), withoutTemplate(b, template)) >= leastBeside) best.set(place, { match, measured });
    }
    for (const [place, { match, measured }] of best) take(place, match, measured);
    first = end;
  }
}

/** Pairs whose bands agree somewhere, as place * count of the other file + place there, sorted, each once. */
function candidates(own: Kept, other: Kept, bands: number, isKnown: (place: number) => boolean): Float64Array {
  const pairs = createGrowingArray((length) => new Float64Array(length));
  for (let band = 0; band < bands; band++) {
    const waiting = new Map<number, number[]>();
    const taken = new Map<number, number>();
    for (let place = 0; place < own.count; place++) {
      if (isKnown(place)) continue;
      const hash = own.at(place, band);
      const same = waiting.get(hash);
      if (same) same.push(place);
      else waiting.set(hash, [place]);
    }
    for (let match = 0; match < other.count; match++) {
      const hash = other.at(match, band);
      const same = waiting.get(hash);
      if (!same) continue;
      for (const place of same) pairs.push(place * other.count + match);
      const count = (taken.get(hash) ?? 0) + 1;
      taken.set(hash, count);
      if (count === mostOfBand) waiting.delete(hash);
    }
  }
  const sorted = pairs.finish().sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at++) if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at] ?? 0;
  return sorted.subarray(0, kept);
}

function placesOf(pair: number, count: number): readonly [place: number, match: number] {
  return [Math.floor(pair / count), pair % count];
}

function countOfFirst(pairs: Float64Array, count: number): number {
  let different = 0;
  let last = -1;
  for (const pair of pairs) {
    const [place] = placesOf(pair, count);
    if (place !== last) different++;
    last = place;
  }
  return different;
}

function templateIn(file: Kept): ReadonlySet<number> {
  const size = Math.min(file.count, sampled.most);
  return templateOf([...shinglesIn(file, new Set(Array.from({ length: size }, (_, index) => Math.floor((index * file.count) / size)))).values()]);
}

function shinglesIn({ records, lines, reread }: Kept, places: ReadonlySet<number>): ReadonlyMap<number, Int32Array> {
  const wanted = Uint32Array.from(places).sort();
  const shingles = new Map<number, Int32Array>();
  reread({ records: wanted.map((place) => records[place] ?? 0), lines: wanted.map((place) => lines[place] ?? 0) }, (index, own) => void shingles.set(wanted[index] ?? 0, own));
  return shingles;
}

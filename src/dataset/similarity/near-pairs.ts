import type { Hash } from "../murmur-hash.ts";
import { createNumberTable, type CreateTable } from "../number-table.ts";
import type { Likeness } from "./likeness.ts";
import type { BandPlan } from "./min-hash.ts";
import { createPairSet, type Pairs } from "./pair-set.ts";
import { eachRepeated } from "./repeated-hashes.ts";
import { jaccard } from "./shingles.ts";
import { createSortRoom, sortByKey } from "./sort-by-key.ts";
import { leastBeside, sampled, templateOf, withoutTemplate } from "./template.ts";

/** Records that are to be read anew, in their order: how many came before each, and the line on which each begins. */
export interface Wanted {
  readonly records: Uint32Array;
  readonly lines: Uint32Array;
}

/** Takes the shingles of a record, by its place among those that are wanted. */
type Take = (place: number, shingles: Int32Array) => void;
/** `read` makes of a record's text what is taken instead of its shingles. */
export type Reread = (wanted: Wanted, take: Take, read?: (text: string) => Int32Array) => void;

/** Finds records that are nearly equal. Of each it keeps the hashes of its bands and 12 bytes: 60 bytes at 12 bands, in a table that may stand on disk. */
export interface NearPairs {
  /** Takes a record by its number, which rises. */
  add(record: number, fingerprint: Hash | undefined, likeness: Likeness): void;
  /**
   * Each record that is as similar as asked for to one before it, with the first such one, and how similar they are. A record whose fingerprint was there before
   * is left out. `lengthOf` tells how many characters a record has.
   */
  find(reread: (records: Uint32Array, take: Take) => void, lengthOf: (record: number) => number): readonly { readonly record: number; readonly before: number; readonly similarity: number }[];
}

/** In a group of more records than this, a record is compared with the first of them and with those just before it. */
const mostOfGroup = 12;
const mostBefore = 4;
/** Pairs that are looked at for one record. */
const mostOfRecord = 32;
/** Characters of the records whose shingles are held at once. */
const mostHeld = 16e6;

export function createNearPairs(similarity: number, { bands }: BandPlan, createTable: CreateTable = createNumberTable): NearPairs {
  /** The bands of each, its number, and two halves of its fingerprint. */
  const table = createTable(bands + 3);
  const row = new Uint32Array(bands + 3);

  /** Pairs of places whose bands agree somewhere: the later one, and the earlier one. */
  function candidates(): Pairs {
    const count = table.length;
    const pairs = createPairSet(count);
    const room = createSortRoom(count);
    /** 1 for records whose fingerprint is there before: they agree in all bands, so that the first shows them. */
    const repeated = new Uint8Array(count);
    eachRepeated(table.column(bands + 1), table.column(bands + 2), room, (place) => (repeated[place] = 1));
    const taken = new Uint8Array(count);
    const group = new Uint32Array(count);
    const keys = new Uint32Array(count);
    const pair = (later: number, earlier: number): void => {
      if ((taken[later] ?? 0) >= mostOfRecord) return;
      taken[later] = (taken[later] ?? 0) + 1;
      pairs.add(later, earlier);
    };
    for (let band = 0; band < bands; band++) {
      const order = sortByKey(table.column(band, keys), room);
      for (let first = 0; first < count; ) {
        let end = first + 1;
        while (end < count && keys[order[end] ?? 0] === keys[order[first] ?? 0]) end++;
        let members = 0;
        for (let at = first; at < end; at++) if (repeated[order[at] ?? 0] === 0) group[members++] = order[at] ?? 0;
        for (let at = 1; at < members; at++) {
          const nearest = members > mostOfGroup ? Math.max(0, at - mostBefore) : 0;
          for (let before = nearest; before < at; before++) pair(group[at] ?? 0, group[before] ?? 0);
          if (nearest > 0) pair(group[at] ?? 0, group[0] ?? 0);
        }
        first = end;
      }
    }
    return pairs.finish();
  }

  return {
    add(record, fingerprint, likeness) {
      for (let band = 0; band < bands; band++) row[band] = likeness[band] ?? 0;
      row[bands] = record;
      row[bands + 1] = fingerprint?.high ?? 0;
      row[bands + 2] = fingerprint?.low ?? 0;
      table.push(row);
    },
    find(reread, lengthOf) {
      const count = table.length;
      const pairs = candidates();
      const numbers = table.column(bands);
      const rereadPlaces = (places: Uint32Array, take: Take): void => reread(places.map((place) => numbers[place] ?? 0), take);
      const template = sampleTemplate(pairs, count, rereadPlaces);
      const found: { record: number; before: number; similarity: number }[] = [];
      for (let first = 0; first < pairs.length; ) {
        const wanted = new Set<number>();
        let held = 0;
        let end = first;
        for (; end < pairs.length && (held < mostHeld || end === first); end++) {
          for (const place of [pairs.first(end), pairs.second(end)]) {
            if (wanted.has(place)) continue;
            wanted.add(place);
            held += lengthOf(numbers[place] ?? 0);
          }
        }
        const places = Uint32Array.from(wanted).sort();
        const shingles = new Map<number, Int32Array>();
        rereadPlaces(places, (index, own) => void shingles.set(places[index] ?? 0, own));
        for (let at = first; at < end; at++) {
          const [later, earlier] = [pairs.first(at), pairs.second(at)];
          // Pairs of one record stand in the order of the other.
          if (found.at(-1)?.record === numbers[later]) continue;
          const a = shingles.get(later);
          const b = shingles.get(earlier);
          const measured = a && b ? jaccard(a, b) : 0;
          if (!a || !b || measured < similarity) continue;
          if (!template || jaccard(withoutTemplate(a, template), withoutTemplate(b, template)) >= leastBeside) found.push({ record: numbers[later] ?? 0, before: numbers[earlier] ?? 0, similarity: measured });
        }
        first = end;
      }
      return found;
    },
  };
}

/** The template of the records, if they may have one. */
function sampleTemplate(pairs: Pairs, count: number, reread: (places: Uint32Array, take: Take) => void): ReadonlySet<number> | undefined {
  if (count < sampled.fewest || pairs.countOfFirst() < sampled.share * count) return undefined;
  const size = Math.min(count, sampled.most);
  const sample: Int32Array[] = [];
  reread(Uint32Array.from({ length: size }, (_, index) => Math.floor((index * count) / size)), (_, shingles) => void sample.push(shingles));
  return templateOf(sample);
}

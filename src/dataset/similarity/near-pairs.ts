import { createGrowingArray } from "../growing-array.ts";
import type { Hash } from "../murmur-hash.ts";
import type { Likeness } from "./likeness.ts";
import type { BandPlan } from "./min-hash.ts";
import { jaccard } from "./shingles.ts";
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

/** Finds records that are nearly equal. Of each it keeps the hashes of its bands and 12 bytes: 60 bytes at 12 bands. */
export interface NearPairs {
  /** Takes a record by its number, which rises. */
  add(record: number, fingerprint: Hash | undefined, likeness: Likeness): void;
  /**
   * Each record that is as similar as asked for to one before it, with the first such one, and how similar they are. A record whose fingerprint was there before
   * is left out. `lengthOf` tells how many characters a record has.
   */
  find(reread: (records: Uint32Array, take: Take) => void, lengthOf: (record: number) => number): readonly { readonly record: number; readonly before: number; readonly similarity: number }[];
}

/** Records of a block, whose hashes stand together so that growing copies none. */
const blockBits = 8;
const blockMask = (1 << blockBits) - 1;
/** In a group of more records than this, a record is compared with the first of them and with those just before it. */
const mostOfGroup = 12;
const mostBefore = 4;
/** Pairs that are looked at for one record. */
const mostOfRecord = 32;
/** Characters of the records whose shingles are held at once. */
const mostHeld = 50e6;

export function createNearPairs(similarity: number, { bands }: BandPlan): NearPairs {
  const blocks: Uint32Array[] = [];
  const records = createGrowingArray((length) => new Uint32Array(length));
  /** Two halves for each record. */
  const fingerprints = createGrowingArray((length) => new Int32Array(length));

  /** Pairs of places whose bands agree somewhere, as later * count + earlier, sorted, each once. */
  function candidates(): Float64Array {
    const count = records.length;
    const pairs = createGrowingArray((length) => new Float64Array(length));
    const taken = new Uint8Array(count);
    const keys = new Uint32Array(count);
    const room = new Uint32Array(count);
    const order = new Uint32Array(count);
    const group = new Uint32Array(count);
    /** Records that are there before: they agree in all bands, so that the first shows them. */
    const repeated = new Uint8Array(count);
    const pair = (later: number, earlier: number): void => {
      if ((taken[later] ?? 0) >= mostOfRecord) return;
      taken[later] = (taken[later] ?? 0) + 1;
      pairs.push(later * count + earlier);
    };
    for (let band = 0; band < bands; band++) {
      for (let at = 0; at < count; at++) keys[at] = blocks[at >> blockBits]?.[(at & blockMask) * bands + band] ?? 0;
      sortByKey(keys, order, room);
      for (let first = 0; first < count; ) {
        let end = first + 1;
        while (end < count && keys[order[end] ?? 0] === keys[order[first] ?? 0]) end++;
        if (band === 0 && end > first + 1) markRepeated(order.subarray(first, end), repeated);
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
    const sorted = pairs.finish().sort();
    let kept = 0;
    for (let at = 0; at < sorted.length; at++) if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at] ?? 0;
    return sorted.subarray(0, kept);
  }

  function markRepeated(places: Uint32Array, repeated: Uint8Array): void {
    const seen = new Set<string>();
    for (const place of places) {
      const [high, low] = [fingerprints.at(2 * place), fingerprints.at(2 * place + 1)];
      if (high === 0 && low === 0) continue;
      const fingerprint = `${high} ${low}`;
      if (seen.has(fingerprint)) repeated[place] = 1;
      seen.add(fingerprint);
    }
  }

  return {
    add(record, fingerprint, likeness) {
      const at = records.length;
      if ((at & blockMask) === 0) blocks.push(new Uint32Array(bands << blockBits));
      const block = blocks.at(-1);
      const start = (at & blockMask) * bands;
      if (block) for (let band = 0; band < bands; band++) block[start + band] = likeness[band] ?? 0;
      records.push(record);
      fingerprints.push(fingerprint?.high ?? 0);
      fingerprints.push(fingerprint?.low ?? 0);
    },
    find(reread, lengthOf) {
      const count = records.length;
      const numbers = records.finish();
      const rereadPlaces = (places: Uint32Array, take: Take): void => reread(places.map((place) => numbers[place] ?? 0), take);
      const pairs = candidates();
      const template = sampleTemplate(pairs, count, rereadPlaces);
      const found: { record: number; before: number; similarity: number }[] = [];
      for (let first = 0; first < pairs.length; ) {
        const wanted = new Set<number>();
        let held = 0;
        let end = first;
        for (; end < pairs.length && (held < mostHeld || end === first); end++) {
          for (const place of [Math.floor((pairs[end] ?? 0) / count), (pairs[end] ?? 0) % count]) {
            if (wanted.has(place)) continue;
            wanted.add(place);
            held += lengthOf(numbers[place] ?? 0);
          }
        }
        const places = Uint32Array.from(wanted).sort();
        const shingles = new Map<number, Int32Array>();
        rereadPlaces(places, (index, own) => void shingles.set(places[index] ?? 0, own));
        for (let at = first; at < end; at++) {
          const later = Math.floor((pairs[at] ?? 0) / count);
          const earlier = (pairs[at] ?? 0) % count;
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
function sampleTemplate(pairs: Float64Array, count: number, reread: (places: Uint32Array, take: Take) => void): ReadonlySet<number> | undefined {
  let later = 0;
  let last = -1;
  for (const pair of pairs) {
    const record = Math.floor(pair / count);
    if (record !== last) later++;
    last = record;
  }
  if (count < sampled.fewest || later < sampled.share * count) return undefined;
  const size = Math.min(count, sampled.most);
  const sample: Int32Array[] = [];
  reread(Uint32Array.from({ length: size }, (_, index) => Math.floor((index * count) / size)), (_, shingles) => void sample.push(shingles));
  return templateOf(sample);
}

/** Fewer keys than this are sorted faster than the digits of a radix sort are counted. */
const fewest = 1 << 14;

/** Writes the places of keys to `order` so that equal keys stand together, in the order of their places: of many by two rounds of a radix sort. */
function sortByKey(keys: Uint32Array, order: Uint32Array, room: Uint32Array): void {
  if (keys.length < fewest) {
    const sorted = Float64Array.from(keys, (key, place) => key * fewest + place).sort();
    for (let at = 0; at < sorted.length; at++) order[at] = (sorted[at] ?? 0) % fewest;
    return;
  }
  for (let place = 0; place < keys.length; place++) room[place] = place;
  let from = room;
  let to = order;
  for (const shift of [0, 16]) {
    const starts = new Uint32Array((1 << 16) + 1);
    for (let place = 0; place < keys.length; place++) starts[(((keys[place] ?? 0) >>> shift) & 0xffff) + 1] = (starts[(((keys[place] ?? 0) >>> shift) & 0xffff) + 1] ?? 0) + 1;
    for (let digit = 1; digit <= 1 << 16; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
    for (let at = 0; at < keys.length; at++) {
      const place = from[at] ?? 0;
      const digit = ((keys[place] ?? 0) >>> shift) & 0xffff;
      to[starts[digit] ?? 0] = place;
      starts[digit] = (starts[digit] ?? 0) + 1;
    }
    [from, to] = [to, from];
  }
  // After two rounds it stands in `room` again.
  order.set(from);
}

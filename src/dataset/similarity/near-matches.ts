import type { NumberTable } from "../number-table.ts";
import { behind, type Kept } from "./kept-file.ts";
import type { Reread } from "./near-pairs.ts";
import { createPairSet, type Pairs } from "./pair-set.ts";
import { jaccard } from "./shingles.ts";
import { createSortRoom, sortByKey } from "./sort-by-key.ts";
import { leastBeside, sampled, templateOf, withoutTemplate } from "./template.ts";

/** Pairs that one band gives a record to be compared with, and those of all bands. */
const mostOfBand = 4;
const mostOfRecord = 32;
/** Characters of the records whose shingles are held at once. */
const mostHeld = 16e6;

/** Hands over each record that is as similar as asked for to one of another file, with the most similar one that was looked at. */
export function nearMatches(own: Kept, other: Kept, bands: number, similarity: number, isKnown: (place: number) => boolean, take: (place: number, match: number, measured: number) => void): void {
  const pairs = candidates(own.table, other.table, bands, isKnown);
  if (pairs.length === 0) return;
  const similar = pairs.countOfFirst();
  const [ownRecords, otherRecords] = [recordsOf(own, bands), recordsOf(other, bands)];
  // Where many are alike, what they share may be a template.
  const template = similar >= sampled.fewest && similar > sampled.share * own.table.length ? templateIn(otherRecords) : undefined;
  for (let first = 0; first < pairs.length; ) {
    const [ownPlaces, otherPlaces] = [new Set<number>(), new Set<number>()];
    let held = 0;
    let end = first;
    for (; end < pairs.length && (held < mostHeld || end === first); end++) {
      const [place, match] = [pairs.first(end), pairs.second(end)];
      held += (ownPlaces.has(place) ? 0 : (ownRecords.lengths[place] ?? 0)) + (otherPlaces.has(match) ? 0 : (otherRecords.lengths[match] ?? 0));
      ownPlaces.add(place);
      otherPlaces.add(match);
    }
    const [ownShingles, otherShingles] = [shinglesIn(ownRecords, ownPlaces), shinglesIn(otherRecords, otherPlaces)];
    const best = new Map<number, { readonly match: number; readonly measured: number }>();
    for (let at = first; at < end; at++) {
      const [place, match] = [pairs.first(at), pairs.second(at)];
      const [a, b] = [ownShingles.get(place), otherShingles.get(match)];
      const measured = a && b ? jaccard(a, b) : 0;
      if (!a || !b || measured < similarity || measured <= (best.get(place)?.measured ?? 0)) continue;
      if (!template || jaccard(withoutTemplate(a, template), withoutTemplate(b, template)) >= leastBeside) best.set(place, { match, measured });
    }
    for (const [place, { match, measured }] of best) take(place, match, measured);
    first = end;
  }
}

/** Pairs whose bands agree somewhere: the place of a record, and its place in the other file. */
function candidates(own: NumberTable, other: NumberTable, bands: number, isKnown: (place: number) => boolean): Pairs {
  const pairs = createPairSet(other.length);
  const [room, roomThere] = [createSortRoom(own.length), createSortRoom(other.length)];
  const [keys, keysThere] = [new Uint32Array(own.length), new Uint32Array(other.length)];
  const taken = new Uint8Array(own.length);
  for (let band = 0; band < bands; band++) {
    const [order, orderThere] = [sortByKey(own.column(band, keys), room), sortByKey(other.column(band, keysThere), roomThere)];
    let there = 0;
    for (let at = 0; at < order.length; at++) {
      const place = order[at] ?? 0;
      const key = keys[place] ?? 0;
      while (there < orderThere.length && (keysThere[orderThere[there] ?? 0] ?? 0) < key) there++;
      if (isKnown(place)) continue;
      for (let next = there; next < Math.min(there + mostOfBand, orderThere.length) && keysThere[orderThere[next] ?? 0] === key; next++) {
        if ((taken[place] ?? 0) >= mostOfRecord) break;
        taken[place] = (taken[place] ?? 0) + 1;
        pairs.add(place, orderThere[next] ?? 0);
      }
    }
  }
  return pairs.finish();
}

/** Where the records of a file stand in it, and how long they are. */
interface KeptRecords {
  readonly records: Uint32Array;
  readonly lines: Uint32Array;
  readonly lengths: Uint32Array;
  readonly reread: Reread;
}

function recordsOf({ table, reread }: Kept, bands: number): KeptRecords {
  return { records: table.column(bands + behind.record), lines: table.column(bands + behind.line), lengths: table.column(bands + behind.length), reread };
}

function templateIn(file: KeptRecords): ReadonlySet<number> {
  const { length } = file.records;
  const size = Math.min(length, sampled.most);
  return templateOf([...shinglesIn(file, new Set(Array.from({ length: size }, (_, index) => Math.floor((index * length) / size)))).values()]);
}

function shinglesIn({ records, lines, reread }: KeptRecords, places: ReadonlySet<number>): ReadonlyMap<number, Int32Array> {
  const wanted = Uint32Array.from(places).sort();
  const shingles = new Map<number, Int32Array>();
  reread({ records: wanted.map((place) => records[place] ?? 0), lines: wanted.map((place) => lines[place] ?? 0) }, (index, own) => void shingles.set(wanted[index] ?? 0, own));
  return shingles;
}

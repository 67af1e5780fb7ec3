import { sortByKey, type SortRoom } from "./sort-by-key.ts";

/**
 * Hands over each place whose hash, in two halves, a place before it has, with the first that has it: those of one hash in their order. Zeros in both halves are no
 * hash. Costs the room for a sort, and no memory for each hash.
 */
export function eachRepeated(high: Uint32Array, low: Uint32Array, room: SortRoom, take: (place: number, first: number) => void): void {
  /** Of places that share the first half of a hash, the first one with each second half. */
  const firsts = new Map<number, number>();
  let before = -1;
  for (const place of sortByKey(high, room)) {
    if (high[place] !== high[before]) firsts.clear();
    before = place;
    const half = low[place] ?? 0;
    if (half === 0 && high[place] === 0) continue;
    const first = firsts.get(half);
    if (first === undefined) firsts.set(half, place);
    else take(place, first);
  }
}

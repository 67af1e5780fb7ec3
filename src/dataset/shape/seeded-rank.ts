import { hashWords } from "../murmur-hash.ts";

/**
 * A number from 0 to 1 for a hash, which another seed makes another one: what is chosen by it hangs on the records and the seed alone, so that neither their
 * order nor records that are added move the others.
 */
export function seededRank(hash: number, seed: number): number {
  return (hashWords([hash | 0, Math.floor(hash / 2 ** 32), seed | 0]).high >>> 0) / 2 ** 32;
}

/** The places from 0 to `count`, in the order of the ranks that `rankOf` gives; of equal ones in their own order. */
export function inOrderOfRank(count: number, rankOf: (place: number) => number): Uint32Array {
  const ranks = Float64Array.from({ length: count }, (_, place) => rankOf(place));
  return Uint32Array.from({ length: count }, (_, place) => place).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
}

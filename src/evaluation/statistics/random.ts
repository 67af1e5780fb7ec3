/** A seeded source of whole numbers: the next one, from 0 to below `bound`. The same seed gives the same numbers on every machine. */
export type RandomIndex = (bound: number) => number;

/**
 * xoshiro128** 1.1 (Blackman and Vigna, ACM Transactions on Mathematical Software 47 (2021) 36), its state filled from the seed by SplitMix32 (MurmurHash3's mix over
 * multiples of the golden ratio). A 32-bit number x becomes ⌊x·bound/2³²⌋, whose bias is below bound/2³²; `bound` is at most 2²¹.
 */
export function xoshiro128(seed: number): RandomIndex {
  let counter = seed >>> 0;
  const splitMix = (): number => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
  let [a, b, c, d] = [splitMix(), splitMix(), splitMix(), splitMix()];
  return (bound) => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return Math.floor((result * bound) / 0x1_0000_0000);
  };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

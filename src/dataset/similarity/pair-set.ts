/** Pairs of records that are worth a look, each once. */
export interface PairSet {
  /** Takes a pair of places; the second is less than the number of records that the set was made for. */
  add(first: number, second: number): void;
  /** All pairs, in the order of the first and then the second; after it nothing is added. */
  finish(): Pairs;
}

export interface Pairs {
  readonly length: number;
  first(index: number): number;
  second(index: number): number;
  /** How many different records come first in a pair. */
  countOfFirst(): number;
}

/** Makes a set of pairs whose second places are less than `count`. What is added twice takes memory only for a while. */
export function createPairSet(count: number): PairSet {
  let pairs = new Float64Array(1024);
  let length = 0;
  const compact = (): void => {
    const sorted = pairs.subarray(0, length).sort();
    length = 0;
    for (const pair of sorted) if (length === 0 || pair !== sorted[length - 1]) sorted[length++] = pair;
  };
  return {
    add(first, second) {
      if (length === pairs.length) {
        compact();
        if (length > pairs.length / 2) {
          const larger = new Float64Array(2 * pairs.length);
          larger.set(pairs.subarray(0, length));
          pairs = larger;
        }
      }
      pairs[length++] = first * count + second;
    },
    finish() {
      compact();
      const first = (index: number): number => Math.floor((pairs[index] ?? 0) / count);
      return {
        length,
        first,
        second: (index) => (pairs[index] ?? 0) % count,
        countOfFirst() {
          let different = 0;
          for (let index = 0; index < length; index++) if (index === 0 || first(index) !== first(index - 1)) different++;
          return different;
        },
      };
    },
  };
}

/** Counts whether nearly all of a stream are one value, in constant memory. */
export interface Majority {
  add(value: number, line: number): void;
  /** The value's first line since it led, and at least how many had it; undefined where fewer than nine in ten do, or there are fewer than 50. */
  result(): { readonly line: number; readonly count: number; readonly total: number } | undefined;
}

/** Below, one answer may well be all there is. */
const minimum = 50;

/**
 * The majority vote of Boyer and Moore (1981): a value leads until others have outvoted it. What n values leave as its votes v bounds its count c:
 * v ≤ c and c ≤ (n + v) / 2. So v ≥ 0.9 n holds wherever c ≥ 0.95 n, and never where c < 0.9 n.
 */
export function createMajority(): Majority {
  let leader: number | undefined;
  let line = 0;
  let votes = 0;
  let total = 0;
  return {
    add(value, at) {
      total++;
      if (votes === 0) {
        leader = value;
        line = at;
      }
      votes += value === leader ? 1 : -1;
    },
    result: () => (total >= minimum && votes >= 0.9 * total ? { line, count: votes, total } : undefined),
  };
}

import { wilsonInterval, type Interval } from "./wilson.ts";

/** How two models did on the same records: both right, only one of them, neither. */
export interface PairedCounts {
  readonly both: number;
  readonly only_candidate: number;
  readonly only_baseline: number;
  readonly neither: number;
}

/**
 * The difference of two paired rates, candidate minus baseline, and its interval: Newcombe, Statistics in Medicine 17 (1998) 2635, method 10
 * (square-and-add of Wilson limits with a correlation corrected for continuity). NaN when there is no record.
 */
export function newcombePairedInterval({ both, only_candidate, only_baseline, neither, confidence }: PairedCounts & { readonly confidence: number }): Interval & { readonly difference: number } {
  const n = both + only_candidate + only_baseline + neither;
  if (!(n > 0)) return { difference: Number.NaN, low: Number.NaN, high: Number.NaN };
  const p1 = (both + only_candidate) / n;
  const p2 = (both + only_baseline) / n;
  const first = wilsonInterval({ successes: both + only_candidate, n, confidence });
  const second = wilsonInterval({ successes: both + only_baseline, n, confidence });
  const difference = (only_candidate - only_baseline) / n;
  const phi = correlation(both, only_candidate, only_baseline, neither);
  const add = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
  return {
    difference,
    // Rounding must not push the limits past what a difference of rates can be.
    low: Math.max(-1, difference - add(p1 - first.low, second.high - p2)),
    high: Math.min(1, difference + add(first.high - p1, p2 - second.low)),
  };
}

function correlation(e: number, f: number, g: number, h: number): number {
  const root = Math.sqrt((e + f) * (g + h) * (e + g) * (f + h));
  if (root === 0) return 0;
  const product = e * h - f * g;
  return (product > 0 ? Math.max(product - (e + f + g + h) / 2, 0) : product) / root;
}

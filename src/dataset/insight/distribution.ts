/** How numbers are spread. */
export interface Distribution {
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly median: number;
  /** So many in a hundred are no larger. */
  readonly percentile95: number;
  readonly percentile99: number;
  readonly most: number;
  /** The place of the first of the largest. */
  readonly largest: number;
}

/** Where the bars of a histogram begin: each goes up to the next, and the last has no end where `isOpen` says so. */
export interface Axis {
  readonly from: number;
  readonly step: number;
  readonly bars: number;
  readonly isOpen: boolean;
}

const mostBars = 20;

/** The distribution of numbers; all zeros without any. Percentiles are the smallest number that so many are no larger than (nearest rank). */
export function distributionOf(values: Uint32Array): Distribution {
  const sorted = values.slice().sort();
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const most = sorted.at(-1) ?? 0;
  return { count: sorted.length, sum: sorted.reduce((sum, value) => sum + value, 0), least: sorted[0] ?? 0, median: rank(0.5), percentile95: rank(0.95), percentile99: rank(0.99), most, largest: Math.max(0, values.indexOf(most)) };
}

/** One axis for all of these: bars of a round width, and where a few numbers are far larger than the others, these in a last bar without an end. */
export function axisOf(distributions: readonly Distribution[]): Axis {
  const filled = distributions.filter(({ count }) => count > 0);
  if (filled.length === 0) return { from: 0, step: 1, bars: 1, isOpen: false };
  const least = Math.min(...filled.map((each) => each.least));
  const usual = Math.max(...filled.map((each) => each.percentile99));
  const most = Math.max(...filled.map((each) => each.most));
  const step = roundStep((usual - least + 1) / (mostBars - 2));
  const from = Math.floor(least / step) * step;
  const needed = Math.floor((most - from) / step) + 1;
  if (needed <= mostBars) return { from, step, bars: needed, isOpen: false };
  return { from, step, bars: Math.floor((usual - from) / step) + 2, isOpen: true };
}

/** How many of the numbers belong to each bar. */
export function histogram(values: Uint32Array, axis: Axis): Uint32Array {
  const counts = new Uint32Array(axis.bars);
  for (const value of values) {
    const bar = Math.min(axis.bars - 1, Math.floor((value - axis.from) / axis.step));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts;
}

/** The next of 1, 2, 5, 10, 20, 50, … that is not smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10) * power);
}

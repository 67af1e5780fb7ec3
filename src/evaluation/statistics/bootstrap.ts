import { normalCumulative, normalQuantile } from "./normal.ts";
import { quantile } from "./percentiles.ts";
import { xoshiro128 } from "./random.ts";
import type { Interval } from "./wilson.ts";

export interface PairedScores {
  /** Scores of the two models on the same records, in the same order. */
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
  readonly confidence: number;
  /** How many resamples are drawn; 10,000 unless said otherwise. */
  readonly resamples?: number;
  /** The seed of xoshiro128**; 0 unless said otherwise. */
  readonly seed?: number;
  /** The conversation that each record is of. Whole conversations are resampled then, because records of one are not independent. */
  readonly clusters?: readonly (string | number)[];
}

/** The records that are drawn together: the sum of their differences, and how many they are. */
interface Group {
  readonly sum: number;
  readonly size: number;
}

/** Differences that rounding alone can make, relative to the largest of them. */
const rounding = 1e-12;

/**
 * The mean of candidate − baseline and its bias-corrected and accelerated bootstrap interval: scipy `stats.bootstrap(method="BCa")`; Efron, JASA 82 (1987) 171.
 * Resamples that equal the mean, rounding aside, count half in z₀; quantiles are linear. A constant difference d gives [d, d]. NaN where there is no record, where
 * several records are of one conversation alone, and where every resample lies on one side of the mean. Throws a RangeError for lists of different lengths.
 */
export function pairedBootstrap({ baseline, candidate, confidence, resamples = 10_000, seed = 0, clusters }: PairedScores): Interval & { readonly point: number } {
  const n = baseline.length;
  if (candidate.length !== n || (clusters && clusters.length !== n)) throw new RangeError(`A paired bootstrap needs lists of one length, and got ${n} scores of the baseline, ${candidate.length} of the candidate${clusters ? ` and ${clusters.length} clusters` : ""}.`);
  const differences = candidate.map((score, index) => score - (baseline[index] ?? Number.NaN));
  const point = differences.reduce((sum, each) => sum + each, 0) / n;
  const undefinedInterval = { point, low: Number.NaN, high: Number.NaN };
  if (!Number.isFinite(point) || !(resamples >= 1) || !(confidence > 0 && confidence < 1)) return undefinedInterval;
  const tolerance = rounding * differences.reduce((largest, each) => Math.max(largest, Math.abs(each)), 0);
  const same = (value: number): boolean => Math.abs(value - point) <= tolerance;
  if (differences.every(same)) return { point, low: point, high: point };
  const groups = group(differences, clusters);
  if (groups.length === 1) return undefinedInterval;
  if (groups.every(({ sum, size }) => same(sum / size))) return { point, low: point, high: point };
  const means = resampleMeans(groups, resamples, seed).map((mean) => (same(mean) ? point : mean)).sort();
  const [lower, upper] = bcaLevels(means, point, acceleration(groups, n), (1 - confidence) / 2);
  return { point, low: quantile(means, lower), high: quantile(means, upper) };
}

function group(differences: readonly number[], clusters: PairedScores["clusters"]): readonly Group[] {
  if (!clusters) return differences.map((sum) => ({ sum, size: 1 }));
  const groups = new Map<string | number, Group>();
  for (const [index, difference] of differences.entries()) {
    const name = clusters[index] ?? index;
    const { sum, size } = groups.get(name) ?? { sum: 0, size: 0 };
    groups.set(name, { sum: sum + difference, size: size + 1 });
  }
  return [...groups.values()];
}

/** The mean difference of each resample: as many groups as there are, drawn with replacement, in the order in which the generator names them. */
function resampleMeans(groups: readonly Group[], resamples: number, seed: number): Float64Array {
  const next = xoshiro128(seed);
  const sums = Float64Array.from(groups, ({ sum }) => sum);
  const sizes = Float64Array.from(groups, ({ size }) => size);
  return Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    let size = 0;
    for (let drawn = 0; drawn < groups.length; drawn++) {
      const index = next(groups.length);
      sum += sums[index] ?? 0;
      size += sizes[index] ?? 0;
    }
    return sum / size;
  });
}

/** A sixth of the skewness of the jackknife's influence values; each leaves out one group. */
function acceleration(groups: readonly Group[], n: number): number {
  const total = groups.reduce((sum, each) => sum + each.sum, 0);
  const left = groups.map(({ sum, size }) => (total - sum) / (n - size));
  const centre = left.reduce((sum, each) => sum + each, 0) / left.length;
  let [squares, cubes] = [0, 0];
  for (const each of left) {
    const influence = ((left.length - 1) * (centre - each)) / left.length;
    squares += influence ** 2;
    cubes += influence ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}

/** The levels of the resamples' quantiles that are the interval's ends. `sorted` ascends. */
function bcaLevels(sorted: Float64Array, point: number, accelerated: number, alpha: number): [number, number] {
  let [below, upTo] = [0, 0];
  for (const mean of sorted) {
    if (mean < point) below++;
    if (mean <= point) upTo++;
  }
  const bias = normalQuantile((below + upTo) / (2 * sorted.length));
  const level = (z: number): number => normalCumulative(bias + (bias + z) / (1 - accelerated * (bias + z)));
  const z = normalQuantile(alpha);
  return [level(z), level(-z)];
}

import { pairedBootstrap } from "./statistics/bootstrap.ts";
import { mcnemarExact } from "./statistics/mcnemar.ts";
import { newcombePairedInterval, type PairedCounts } from "./statistics/newcombe.ts";
import { signedRankSums, wilcoxonSignedRank } from "./statistics/wilcoxon.ts";

/** Whether a metric tells right from wrong, or gives a score from 0 to 1. */
export type MetricKind = "pass-fail" | "score";

/** What one metric gave on the same records for both models; of pass or fail, 1 is right and 0 wrong. */
export interface PairedOutcomes {
  readonly kind: MetricKind;
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
  /** The conversation that each record is of, where some share one. */
  readonly clusters?: readonly (string | number)[];
}

/** Two models compared by one metric: the numbers that a verdict rests on. */
export interface Comparison {
  readonly kind: MetricKind;
  readonly n: number;
  /** How many conversations the records are of, where some share one. */
  readonly conversations?: number;
  /** Of pass or fail: on how many records which model was right. */
  readonly counts?: PairedCounts;
  /** Candidate minus baseline, with its interval at the level of `confidence`. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly interval: "Newcombe" | "BCa";
  readonly p: number;
  readonly test: "McNemar" | "Wilcoxon";
  /** Whether the test points where the difference does: ranks and means can disagree. */
  readonly sameDirection: boolean;
  /** What the power formulas call ψ: n times the variance of the difference. */
  readonly spread: number;
}

/** The level of every interval that an evaluation shows. */
export const confidence = 0.95;

/** Compares by pass or fail, record by record: Newcombe's interval and the exact McNemar test. */
export function compareCounts(counts: PairedCounts): Comparison {
  const { both, only_candidate, only_baseline, neither } = counts;
  const n = both + only_candidate + only_baseline + neither;
  return {
    kind: "pass-fail", n, counts, ...newcombePairedInterval({ ...counts, confidence }), interval: "Newcombe",
    p: mcnemarExact({ b: only_candidate, c: only_baseline }).p_value, test: "McNemar", sameDirection: true, spread: (only_candidate + only_baseline) / n,
  };
}

/**
 * Compares what a metric gave. Newcombe and McNemar for pass or fail, BCa bootstrap and Wilcoxon for scores, whatever the results are. Records that share a
 * conversation are not independent: then whole conversations are resampled, and the test is Wilcoxon's over each conversation's sum of differences.
 */
export function compareOutcomes({ kind, baseline, candidate, clusters }: PairedOutcomes): Comparison {
  const counts = kind === "pass-fail" ? countPairs(baseline, candidate) : undefined;
  const shared = clusters && new Set(clusters).size < clusters.length ? clusters : undefined;
  if (counts && !shared) return compareCounts(counts);
  const differences = candidate.map((value, index) => value - (baseline[index] ?? Number.NaN));
  const groups = shared ? sumByGroup(differences, shared) : differences.map((sum) => ({ sum, size: 1 }));
  const { point, low, high } = pairedBootstrap({ baseline, candidate, confidence, ...(shared ? { clusters: shared } : {}) });
  const sums = groups.map(({ sum }) => sum);
  const { positive, negative } = signedRankSums({ differences: sums });
  return {
    kind, n: baseline.length, ...(shared ? { conversations: groups.length } : {}), ...(counts ? { counts } : {}), difference: point, low, high, interval: "BCa",
    p: wilcoxonSignedRank({ differences: sums }).p_value, test: "Wilcoxon", sameDirection: (positive - negative) * point > 0, spread: spreadOf(groups, point, baseline.length),
  };
}

/** The p value of the test that `compareOutcomes` makes, without the interval, which takes a bootstrap. */
export function testOutcomes({ kind, baseline, candidate, clusters }: PairedOutcomes): number {
  const shared = clusters && new Set(clusters).size < clusters.length ? clusters : undefined;
  if (kind === "pass-fail" && !shared) return compareCounts(countPairs(baseline, candidate)).p;
  const differences = candidate.map((value, index) => value - (baseline[index] ?? Number.NaN));
  return wilcoxonSignedRank({ differences: shared ? sumByGroup(differences, shared).map(({ sum }) => sum) : differences }).p_value;
}

function countPairs(baseline: readonly number[], candidate: readonly number[]): PairedCounts {
  const counts = { both: 0, only_candidate: 0, only_baseline: 0, neither: 0 };
  for (const [index, base] of baseline.entries()) counts[base === 1 ? (candidate[index] === 1 ? "both" : "only_baseline") : candidate[index] === 1 ? "only_candidate" : "neither"] += 1;
  return counts;
}

function sumByGroup(differences: readonly number[], clusters: readonly (string | number)[]): readonly { sum: number; size: number }[] {
  const groups = new Map<string | number | undefined, { sum: number; size: number }>();
  for (const [index, difference] of differences.entries()) {
    const group = groups.get(clusters[index]) ?? { sum: 0, size: 0 };
    groups.set(clusters[index], { sum: group.sum + difference, size: group.size + 1 });
  }
  return [...groups.values()];
}

/** The cluster-robust variance of the mean, times n (Miller, arXiv 2411.00640, section 2.2); without shared conversations the variance of the differences. */
function spreadOf(groups: readonly { sum: number; size: number }[], mean: number, n: number): number {
  const squares = groups.reduce((sum, each) => sum + (each.sum - each.size * mean) ** 2, 0);
  return (squares * groups.length) / ((groups.length - 1) * n);
}

import { normalCumulative } from "./normal.ts";
import { averageRanks } from "./ranks.ts";

/** Up to so many differences, zeros counted, the test is exact: all sign patterns with zeros or ties, else the known distribution of the ranks. */
const mostExact = { withTies: 13, withoutTies: 50 };

/**
 * Wilcoxon's signed-rank test, two-sided; `statistic` is the smaller of the two rank sums. scipy `wilcoxon(method="auto", zero_method="wilcox", correction=False)`;
 * Wilcoxon, Biometrics Bulletin 1 (1945) 80. Differences are rounded to 12 significant digits first, so that rounding makes no ranks. p is 1 when all are zero, as
 * nothing speaks against equality then; NaN without a difference or with one that is NaN.
 */
export function wilcoxonSignedRank({ differences }: { differences: readonly number[] }): { statistic: number; p_value: number } {
  if (differences.length === 0 || differences.some((each) => Number.isNaN(each))) return { statistic: Number.NaN, p_value: Number.NaN };
  const rounded = round(differences);
  const unequal = rounded.filter((each) => each !== 0);
  const n = unequal.length;
  if (n === 0) return { statistic: 0, p_value: 1 };
  const { ranks, ties } = averageRanks(unequal.map(Math.abs));
  const { positive, negative } = sumRanks(unequal, ranks);
  const statistic = Math.min(positive, negative);
  const plain = n === rounded.length && ties.every((tied) => tied === 1);
  if (rounded.length <= (plain ? mostExact.withoutTies : mostExact.withTies)) return { statistic, p_value: Math.min(1, 2 * chanceUpTo(statistic, ranks)) };
  const variance = (n * (n + 1) * (2 * n + 1) - ties.reduce((sum, tied) => sum + tied ** 3 - tied, 0) / 2) / 24;
  return { statistic, p_value: Math.min(1, 2 * normalCumulative((statistic - (n * (n + 1)) / 4) / Math.sqrt(variance))) };
}

/** The sums of the ranks of the positive and of the negative differences: the test's two sides. */
export function signedRankSums({ differences }: { differences: readonly number[] }): { positive: number; negative: number } {
  const unequal = round(differences).filter((each) => each !== 0);
  return sumRanks(unequal, averageRanks(unequal.map(Math.abs)).ranks);
}

function round(differences: readonly number[]): readonly number[] {
  return differences.map((each) => Number(each.toPrecision(12)));
}

function sumRanks(unequal: readonly number[], ranks: readonly number[]): { positive: number; negative: number } {
  const positive = ranks.reduce((sum, rank, index) => sum + ((unequal[index] ?? 0) > 0 ? rank : 0), 0);
  return { positive, negative: (ranks.length * (ranks.length + 1)) / 2 - positive };
}

/** The share of all sign patterns whose rank sum is at most `limit`. Ranks are whole or halves, so twice them are whole; counts stay below 2⁵³. */
function chanceUpTo(limit: number, ranks: readonly number[]): number {
  const most = 2 * limit;
  const patterns = new Float64Array(most + 1);
  patterns[0] = 1;
  for (const rank of ranks) for (let sum = most; sum >= 2 * rank; sum--) patterns[sum] = (patterns[sum] ?? 0) + (patterns[sum - 2 * rank] ?? 0);
  return patterns.reduce((sum, each) => sum + each, 0) / 2 ** ranks.length;
}

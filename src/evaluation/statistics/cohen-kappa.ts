import { countPairs } from "./label-pairs.ts";

type Rating = string | number;

/**
 * Cohen's κ: how far two raters agree beyond chance. With `weights: "quadratic"`, for ratings that have an order, a disagreement weighs by the square of the places
 * between two of the ratings that occur. scikit-learn `cohen_kappa_score`; Cohen, Educational and Psychological Measurement 20 (1960) 37, Psychological Bulletin 70
 * (1968) 213. NaN when both give one and the same rating throughout, or there is none. Throws a RangeError for lists of different lengths.
 */
export function cohenKappa({ rater_a, rater_b, weights }: { rater_a: readonly Rating[]; rater_b: readonly Rating[]; weights?: "quadratic" }): { kappa: number } {
  const { matrix } = countPairs(undefined, rater_a, rater_b);
  const rows = matrix.map((row) => row.reduce((sum, each) => sum + each, 0));
  const columns = matrix.map((_, column) => matrix.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  let [observed, expected] = [0, 0];
  for (const [row, counts] of matrix.entries()) {
    for (const [column, count] of counts.entries()) {
      const weight = weights === "quadratic" ? (row - column) ** 2 : Number(row !== column);
      observed += weight * count;
      expected += (weight * (rows[row] ?? 0) * (columns[column] ?? 0)) / rater_a.length;
    }
  }
  return { kappa: expected === 0 ? Number.NaN : 1 - observed / expected };
}

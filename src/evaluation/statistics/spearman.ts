import { averageRanks } from "./ranks.ts";

/**
 * Spearman's rank correlation, with average ranks for equal values: scipy `spearmanr`. NaN when a side is constant, when there are fewer than two pairs, and when
 * a value is NaN. Throws a RangeError for lists of different lengths.
 */
export function spearman({ x, y }: { x: readonly number[]; y: readonly number[] }): { correlation: number } {
  if (x.length !== y.length) throw new RangeError(`A correlation needs lists of one length, and got ${x.length} and ${y.length} values.`);
  if ([...x, ...y].some((value) => Number.isNaN(value))) return { correlation: Number.NaN };
  const [first, second] = [averageRanks(x).ranks, averageRanks(y).ranks];
  const mean = (x.length + 1) / 2;
  let [product, firstSquares, secondSquares] = [0, 0, 0];
  for (const [index, rank] of first.entries()) {
    const [a, b] = [rank - mean, (second[index] ?? mean) - mean];
    product += a * b;
    firstSquares += a * a;
    secondSquares += b * b;
  }
  return { correlation: product / Math.sqrt(firstSquares * secondSquares) };
}

/**
 * Shares out a whole number among groups by their weights, as whole numbers that add up to it and of which none is above its group's weight: each gets its share
 * without the fraction, and what is left goes to the largest fractions (Hamilton's method). `total` is at most the sum of the weights.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const given = exact.map(Math.floor);
  let left = total - given.reduce((all, each) => all + each, 0);
  const byFraction = exact.map((_, place) => place).sort((a, b) => fraction(exact[b]) - fraction(exact[a]) || a - b);
  for (const place of byFraction) {
    if (left <= 0) break;
    given[place] = (given[place] ?? 0) + 1;
    left--;
  }
  return given;
}

function fraction(value = 0): number {
  return value - Math.floor(value);
}

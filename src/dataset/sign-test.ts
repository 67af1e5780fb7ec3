/**
 * The two-sided p of the exact sign test: how probable it is, if either of two were as often the larger, that one of them is in at least as many pairs as the more
 * frequent one was. Ties are left out before. Source: Conover, Practical Nonparametric Statistics, 3.4; it is the exact binomial test of one half.
 */
export function signTest(a: number, b: number): number {
  const pairs = a + b;
  const fewer = Math.min(a, b);
  if (pairs === 0) return 1;
  // The logarithm of the last term, and the terms before it as shares of it: neither overflows.
  let logarithm = -pairs * Math.LN2;
  for (let drawn = 1; drawn <= fewer; drawn++) logarithm += Math.log((pairs - drawn + 1) / drawn);
  let share = 1;
  let sum = 1;
  for (let drawn = fewer; drawn > 0 && share > 1e-16; drawn--) {
    share *= drawn / (pairs - drawn + 1);
    sum += share;
  }
  return Math.min(1, 2 * Math.exp(logarithm) * sum);
}

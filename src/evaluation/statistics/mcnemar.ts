/**
 * McNemar's exact test, two-sided: the chance of a split of the discordant records at least as uneven as b to c, were both models equally good.
 * 1 when b = c = 0; NaN for what is no count. statsmodels `mcnemar(exact=True)`; McNemar, Psychometrika 12 (1947) 153.
 */
export function mcnemarExact({ b, c }: { b: number; c: number }): { p_value: number } {
  if (!isCount(b) || !isCount(c)) return { p_value: Number.NaN };
  if (b === c) return { p_value: 1 };
  const smaller = Math.min(b, c);
  return { p_value: Math.min(1, 2 * binomialHalf(smaller, b + c) * tailOverLargest(smaller, b + c)) };
}

/** The chance of exactly k heads in n throws, C(n, k)/2ⁿ, for k ≤ n/2. Halving is exact and is spread over the product, so that nothing overflows and each factor costs one rounding. */
function binomialHalf(k: number, n: number): number {
  let product = 1;
  let halvings = n;
  for (let i = 1; i <= k; i++) {
    product *= (n - k + i) / i;
    for (; product > 1 && halvings > 0; halvings--) product /= 2;
  }
  for (; halvings > 0 && product > 0; halvings--) product /= 2;
  return product;
}

/** Σ C(n, j) for j ≤ k, divided by C(n, k). */
function tailOverLargest(k: number, n: number): number {
  let term = 1;
  let sum = 1;
  for (let j = k; j > 0 && term > sum * Number.EPSILON / 4; j--) {
    term *= j / (n - j + 1);
    sum += term;
  }
  return sum;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

/**
 * McNemar's exact test, two-sided: the chance of a split of the discordant records at least as uneven as b to c, were both models equally good.
 * 1 when b = c = 0. statsmodels `mcnemar(exact=True)`; McNemar, Psychometrika 12 (1947) 153.
 */
export function mcnemarExact({ b, c }: { b: number; c: number }): { p_value: number } {
  const n = b + c;
  const smaller = Math.min(b, c);
  if (b === c) return { p_value: 1 };
  // By logarithms, because 2⁻ⁿ falls below the smallest number from n = 1075 on.
  let term = -n * Math.LN2;
  let largest = -Infinity;
  const terms: number[] = [];
  for (let k = 0; k <= smaller; k++) {
    terms.push(term);
    largest = Math.max(largest, term);
    term += Math.log((n - k) / (k + 1));
  }
  const sum = terms.reduce((total, each) => total + Math.exp(each - largest), 0);
  return { p_value: Math.min(1, 2 * Math.exp(largest) * sum) };
}

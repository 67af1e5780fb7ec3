/**
 * Holm's step-down correction of the p values of one family: adjusted values, and which are below the level `alpha` together. statsmodels
 * `multipletests(method="holm")`; Holm, Scandinavian Journal of Statistics 6 (1979) 65. A p value that is NaN is of no test that was made: it stays NaN, is not
 * rejected, and does not count to the family.
 */
export function holm({ p_values, alpha }: { p_values: readonly number[]; alpha: number }): { adjusted: number[]; reject: boolean[] } {
  const order = p_values.map((_, index) => index).filter((index) => !Number.isNaN(p_values[index])).sort((a, b) => (p_values[a] ?? 0) - (p_values[b] ?? 0));
  const adjusted = p_values.map(() => Number.NaN);
  const reject = p_values.map(() => false);
  let running = 0;
  let open = true;
  for (const [step, index] of order.entries()) {
    const p = p_values[index] ?? Number.NaN;
    const left = order.length - step;
    running = Math.min(1, Math.max(running, left * p));
    adjusted[index] = running;
    // Compared by division, as the reference does, so that both round alike at the level itself.
    open &&= p <= alpha / left;
    reject[index] = open;
  }
  return { adjusted, reject };
}

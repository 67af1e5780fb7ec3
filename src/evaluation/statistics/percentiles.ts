/** The median and the 95th percentile, by linear interpolation: numpy's default. NaN when there is no value or one of them is NaN. */
export function percentiles({ values }: { values: readonly number[] }): { p50: number; p95: number } {
  if (values.some((value) => Number.isNaN(value))) return { p50: Number.NaN, p95: Number.NaN };
  const sorted = Float64Array.from(values).sort();
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}

/** The quantile at `level`, 0 to 1, of values that ascend: linear between neighbours (Hyndman and Fan, The American Statistician 50 (1996) 361, type 7). NaN without values or level. */
export function quantile(sorted: Float64Array, level: number): number {
  const place = level * (sorted.length - 1);
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  const share = place - Math.floor(place);
  return below === above ? below : below + (above - below) * share;
}

import { normalQuantile } from "./normal.ts";

/** An interval for a rate; NaN where it is not defined. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The Wilson score interval of a rate (Wilson, JASA 22 (1927) 209; statsmodels `proportion_confint(method="wilson")`). NaN when n is 0 or successes are not between 0 and n. */
export function wilsonInterval({ successes, n, confidence }: { successes: number; n: number; confidence: number }): Interval {
  if (!(n > 0 && successes >= 0 && successes <= n)) return { low: Number.NaN, high: Number.NaN };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const rate = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (rate + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n));
  // Rounding must not push the ends of a certain rate past it.
  return { low: successes === 0 ? 0 : Math.max(0, centre - half), high: successes === n ? 1 : Math.min(1, centre + half) };
}

/** Half the width of the Wilson interval at `rate`: how exactly n records show a rate. */
export function wilsonHalfWidth({ rate, n, confidence }: { rate: number; n: number; confidence: number }): { half_width: number } {
  const { low, high } = wilsonInterval({ successes: rate * n, n, confidence });
  return { half_width: (high - low) / 2 };
}

/** The largest failure rate that n records without a failure leave open at about 95 %: 3/n (Hanley and Lippman-Hand, JAMA 249 (1983) 1743). NaN when any failed. */
export function ruleOfThree({ failures, n }: { failures: number; n: number }): { upper_failure_rate: number } {
  return { upper_failure_rate: failures === 0 && n > 0 ? Math.min(1, 3 / n) : Number.NaN };
}

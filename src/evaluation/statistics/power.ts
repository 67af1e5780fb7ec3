import { normalCumulative, normalQuantile } from "./normal.ts";

/**
 * The smallest paired difference that n records show with the wanted power, by the normal approximation (z₁₋α/₂ + z_power)·√(ψ/n),
 * where ψ is the share of records on which the two models differ (Connor, Biometrics 43 (1987) 207);
 * 0.2 is the usual guess until a run has measured it. NaN when n is 0.
 */
export function minimumDetectableDifference({ n, discordant_share, alpha, power }: { n: number; discordant_share: number; alpha: number; power: number }): { difference: number } {
  if (!(n > 0)) return { difference: Number.NaN };
  return { difference: (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * Math.sqrt(discordant_share / n) };
}

/** The chance that n records show a true paired difference: Φ(δ/√(ψ/n) − z₁₋α/₂), where δ is its size. NaN when n is 0. */
export function pairedPower({ n, difference, discordant_share, alpha }: { n: number; difference: number; discordant_share: number; alpha: number }): { power: number } {
  if (!(n > 0)) return { power: Number.NaN };
  return { power: normalCumulative(difference / Math.sqrt(discordant_share / n) - normalQuantile(1 - alpha / 2)) };
}

/** How many records beyond n would show a difference of this size: ⌈ψ(z₁₋α/₂+z_power)²/δ²⌉ − n, at least 0. Infinity when there is no difference. */
export function rowsStillNeeded({ n, difference, discordant_share, alpha, power }: { n: number; difference: number; discordant_share: number; alpha: number; power: number }): { rows: number } {
  if (difference === 0) return { rows: Infinity };
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  return { rows: Math.max(0, Math.ceil((discordant_share * z * z) / (difference * difference)) - n) };
}

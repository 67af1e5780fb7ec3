/** A rate as a percentage with one decimal; "undefined" where there is none: it comes as NaN, and as null through JSON. */
export function percent(rate: number | null): string {
  return isDefined(rate) ? `${(rate * 100).toFixed(1)} %` : "undefined";
}

/** Two rates as the ends of an interval. */
export function interval(low: number | null, high: number | null): string {
  return isDefined(low) && isDefined(high) ? `${(low * 100).toFixed(1)} to ${percent(high)}` : "undefined";
}

/** A difference of rates in percentage points with its sign. */
export function points(difference: number | null): string {
  return isDefined(difference) ? `${signedNumber(difference * 100)} points` : "undefined";
}

/** A number with one decimal and its sign, a true minus; zero has none. */
export function signedNumber(value: number): string {
  const size = Math.abs(value).toFixed(1);
  return size === "0.0" ? size : `${value < 0 ? "−" : "+"}${size}`;
}

/** A p-value as it is written in reports. */
export function probability(p: number | null): string {
  if (!isDefined(p)) return "undefined";
  return p < 0.0001 ? "< 0.0001" : p.toFixed(p < 0.1 ? 4 : 3);
}

/** A moment in the reader's own time and way of writing. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** The same text, in which a number keeps its sign and its unit on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(/(\d) %/g, "$1\u00a0%").replaceAll(/\bp ([<=]) /g, "p\u00a0$1\u00a0");
}

export function isDefined(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

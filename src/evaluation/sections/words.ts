/** A number of things: `1 record`, `1,200 records`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** A share as per cent. */
export function percent(rate: number): string {
  return Number.isNaN(rate) ? "undefined" : `${(rate * 100).toFixed(1)} %`;
}

/** A difference of shares in points, with its sign. */
export function points(rate: number): string {
  const text = Math.abs(rate * 100).toFixed(1);
  return text === "0.0" ? text : `${rate < 0 ? "−" : "+"}${text}`;
}

/** A p value that was corrected. */
export function adjustedP(p: number): string {
  return `p ${p < 0.0001 ? "< 0.0001" : `= ${p.toFixed(4)}`} after Holm's correction`;
}

/** A mean or a rate between 0 and 1. */
export function decimal(value: number): string {
  return Number.isNaN(value) ? "undefined" : value.toFixed(3);
}

/** A perplexity with as many digits as tell small ones apart. */
export function showPerplexity(perplexity: number): string {
  return perplexity < 1000 ? perplexity.toPrecision(4) : perplexity < 1e15 ? Math.round(perplexity).toLocaleString("en") : perplexity.toExponential(3);
}

/** A text in one line of at most so many characters. */
export function short(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const characters = Array.from(line.slice(0, most * 2 + 2));
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line;
}

export const outcomeWords = { better: "better", worse: "worse", "cannot-tell": "cannot tell" } as const;

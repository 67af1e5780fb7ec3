import type { ReportView } from "../report-view.ts";
import { sumUpUsage } from "../usage.ts";
import type { Section } from "./section.ts";

/** Tokens, time and cost of each candidate; undefined where no answer tells any. */
export function usageSection({ candidates, records }: ReportView): Section | undefined {
  const used = candidates.map(({ name, price, batch }, index) => ({ name, price, batch, ...sumUpUsage(records.flatMap(({ outcomes }) => outcomes[index] ?? []), price) }));
  if (used.every(({ counted, timed }) => counted === 0 && timed === 0)) return undefined;
  const batched = used.flatMap(({ name, batch }) => (batch ? [name] : []));
  const priced = used.some(({ price }) => price !== undefined);
  return {
    title: "Tokens, time and cost",
    paragraphs: [...(priced ? [`Prices are those of the plan, in US dollars for a million tokens: ${used.flatMap(({ name, price }) => (price ? [`${name} ${price.input} in and ${price.output} out on ${price.dated}`] : [])).join("; ")}.`] : []), ...(batched.length > 0 ? [`By batch, where time is not measured and the price may be less than stated: ${batched.join(", ")}.`] : [])],
    tables: [{
      head: ["Candidate", "Tokens of a question", "Tokens of an answer", "Time, median", "Time, 95th percentile", ...(priced ? ["Cost of 1,000 records"] : [])],
      rows: used.map(({ name, promptTokens, answerTokens, p50, p95, costPerThousand }) => [name, number(promptTokens), number(answerTokens), seconds(p50), seconds(p95), ...(priced ? [Number.isNaN(costPerThousand) ? "undefined" : dollars(costPerThousand)] : [])]),
    }],
  };
}

function number(mean: number): string {
  return Number.isNaN(mean) ? "undefined" : mean.toFixed(1);
}

function seconds(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? "–" : `${(milliseconds / 1_000).toFixed(2)} s`;
}

/** An amount of US dollars, with as many digits as tell small amounts apart. */
export function dollars(amount: number): string {
  return `$${amount.toLocaleString("en", amount !== 0 && Math.abs(amount) < 1 ? { maximumSignificantDigits: 3 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

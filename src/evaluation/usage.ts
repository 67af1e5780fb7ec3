import type { JudgedOutcome } from "./report-schema.ts";
import { percentiles } from "./statistics/percentiles.ts";

/** What a candidate's tokens cost, in US dollars for a million, as the user wrote it down. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  /** The day of which the price is, YYYY-MM-DD. */
  readonly dated: string;
}

/** What a candidate's answers took; what no answer tells is NaN. */
export interface Usage {
  /** Answers of which the service told the tokens, and those of which the time was measured. */
  readonly counted: number;
  readonly timed: number;
  /** Means for one record. */
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** Milliseconds: the median and the 95th percentile (numpy's, linear). */
  readonly p50: number;
  readonly p95: number;
  /** US dollars for a thousand records like these. */
  readonly costPerThousand: number;
}

/** Sums up tokens, time and cost of one candidate's answers. Only answers that tell both counts of tokens are counted, and none is guessed. */
export function sumUpUsage(outcomes: readonly JudgedOutcome[], price?: TokenPrice): Usage {
  const answers = outcomes.flatMap((outcome) => ("failure" in outcome ? [] : [outcome]));
  const tokens = answers.flatMap(({ promptTokens, answerTokens }) => (promptTokens === undefined || answerTokens === undefined ? [] : [{ promptTokens, answerTokens }]));
  const mean = (of: "promptTokens" | "answerTokens"): number => tokens.reduce((sum, each) => sum + each[of], 0) / tokens.length;
  const times = answers.flatMap(({ milliseconds }) => milliseconds ?? []);
  const [promptTokens, answerTokens] = [mean("promptTokens"), mean("answerTokens")];
  return {
    counted: tokens.length, timed: times.length, promptTokens, answerTokens, ...percentiles({ values: times }),
    costPerThousand: price ? (promptTokens * price.input + answerTokens * price.output) / 1_000 : Number.NaN,
  };
}

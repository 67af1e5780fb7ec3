import { confidence } from "./comparison.ts";
import { bitsPerByte, bytesOf, perplexityOf } from "./likelihood.ts";
import type { Likelihood } from "./model.ts";
import type { ReportView } from "./report-view.ts";
import { pairedBootstrap } from "./statistics/bootstrap.ts";

/** How likely one candidate finds the references. */
export interface CandidatePerplexity extends Likelihood {
  readonly name: string;
  /** By token, over all tokens of the compared references; NaN where none is told. */
  readonly perplexity: number;
  /** Over all bytes of the compared references. */
  readonly bitsPerByte: number;
  /** Bits per byte of a reference minus those of the first candidate, the mean over references with the BCa bootstrap's interval; undefined of the first, and where one of both tells nothing. */
  readonly against?: { readonly point: number; readonly low: number; readonly high: number };
  /** References that it does not tell of, and the reason that the first of them has. */
  readonly untold: { readonly records: number; readonly reason?: string };
}

/** What a report says of likelihoods, in the order of its candidates. */
export interface Perplexities {
  /** How many references are compared: those of which every candidate tells that tells of any. */
  readonly records: number;
  /** Whether all candidates cut each of them into as many tokens, without which perplexities by token cannot be compared. */
  readonly sameTokens: boolean;
  readonly candidates: readonly CandidatePerplexity[];
}

/** Sums up the likelihoods of references; undefined where the report has none. Takes a bootstrap for each candidate but the first. */
export function sumUpPerplexity({ candidates, records }: Pick<ReportView, "candidates" | "records">): Perplexities | undefined {
  const rows = records.map(({ reference, outcomes }) => ({ bytes: bytesOf(reference), told: candidates.map((_, index) => toldBy(outcomes[index])) }));
  if (rows.every(({ told }) => told.every((each) => each === undefined))) return undefined;
  const tells = candidates.map((_, index) => rows.some(({ told }) => isLikelihood(told[index])));
  const shared = rows.filter(({ told }) => tells.some(Boolean) && told.every((each, index) => !tells[index] || isLikelihood(each)));
  const bytes = shared.reduce((sum, each) => sum + each.bytes, 0);
  const bits = candidates.map((_, index) => shared.map((row) => bitsPerByte(likelihoodOf(row.told[index]), row.bytes)));
  return {
    records: shared.length,
    sameTokens: shared.every(({ told }) => new Set(told.flatMap((each) => (isLikelihood(each) ? [each.tokens] : []))).size <= 1),
    candidates: candidates.map(({ name }, index): CandidatePerplexity => {
      const sum = shared.map(({ told }) => likelihoodOf(told[index])).reduce((total, { logprob, tokens }) => ({ logprob: total.logprob + logprob, tokens: total.tokens + tokens }), { logprob: 0, tokens: 0 });
      const missing = rows.flatMap(({ told }) => (told[index] !== undefined && !isLikelihood(told[index]) ? [told[index].untold] : []));
      const own = tells[index] === true && shared.length > 0;
      return {
        name, ...sum, perplexity: own ? perplexityOf(sum) : Number.NaN, bitsPerByte: own ? bitsPerByte(sum, bytes) : Number.NaN,
        ...(index > 0 && own && tells[0] === true ? { against: pairedBootstrap({ baseline: bits[0] ?? [], candidate: bits[index] ?? [], confidence }) } : {}),
        untold: { records: missing.length, ...(missing[0] === undefined ? {} : { reason: missing[0] }) },
      };
    }),
  };
}

type Told = Likelihood | { readonly untold: string } | undefined;

function toldBy(outcome: ReportView["records"][number]["outcomes"][number] | undefined): Told {
  return !outcome || "failure" in outcome ? undefined : outcome.likelihood;
}

function isLikelihood(told: Told): told is Likelihood {
  return told !== undefined && "logprob" in told;
}

function likelihoodOf(told: Told): Likelihood {
  return isLikelihood(told) ? told : { logprob: Number.NaN, tokens: 0 };
}

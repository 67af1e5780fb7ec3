import { bitsPerByte, bytesOf } from "../likelihood.ts";
import { readCalls } from "../tool-calls.ts";
import type { Metric } from "./metric.ts";

/** How likely the model finds the reference. */
export const perplexityMetric: Metric = {
  id: "perplexity",
  title: "Likelihood of the reference",
  explanation: "How likely the model finds the reference as its answer, whatever it answers itself: the inverse of its perplexity per byte, 2 to the power of minus the bits per byte, from 0 to 1. Counted by byte, models with different tokenizers can be compared; the report has perplexity and bits per byte besides. Told only by services that score given texts, such as the local engine.",
  kind: "score",
  needsLikelihood: true,
  measure: (_answer, reference, { likelihood } = {}) => (likelihood ? 2 ** -bitsPerByte(likelihood, bytesOf(reference)) : Number.NaN),
  unsuited: unsuitedForLikelihood,
};

/** Why no likelihood of a reference can be told; undefined where it can. */
export function unsuitedForLikelihood(reference: string): string | undefined {
  if (readCalls(reference).length > 0) return "the reference calls tools, which each model writes in a form of its own";
  return reference === "" ? "the reference is empty" : undefined;
}

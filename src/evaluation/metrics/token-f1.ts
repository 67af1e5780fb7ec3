import type { Metric } from "./metric.ts";
import { normaliseAnswer } from "./text/normalise-answer.ts";
import { countNGrams, countShared } from "./text/n-grams.ts";
import { splitWords } from "./text/white-space.ts";

/**
 * The harmonic mean of precision and recall over normalised tokens, 0 to 1, for the reference that fits best: SQuAD 2.0's F1 (Rajpurkar et al., arXiv 1806.03822).
 * Where one of the two has no token it is 1 when both have none, else 0. NaN without a reference.
 */
export function tokenF1({ prediction, references }: { prediction: string; references: readonly string[] }): { f1: number } {
  if (references.length === 0) return { f1: Number.NaN };
  return { f1: Math.max(...references.map((reference) => f1(splitWords(normaliseAnswer(prediction)), splitWords(normaliseAnswer(reference))))) };
}

function f1(predicted: readonly string[], wanted: readonly string[]): number {
  if (predicted.length === 0 || wanted.length === 0) return predicted.length === wanted.length ? 1 : 0;
  return (2 * countShared(countNGrams(predicted, 1, " "), countNGrams(wanted, 1, " "))) / (predicted.length + wanted.length);
}

/** How far the words of answer and reference are the same. */
export const tokenF1Metric: Metric = {
  id: "token-f1",
  title: "Token F1",
  explanation: "The harmonic mean of two shares: how many of the answer's words the reference has, and how many of the reference's words the answer has, as SQuAD counts them.",
  kind: "score",
  measure: (answer, reference) => tokenF1({ prediction: answer, references: [reference] }).f1,
  unsuited: (reference) => (normaliseAnswer(reference) === "" ? "nothing is left of the reference without punctuation and articles" : undefined),
};

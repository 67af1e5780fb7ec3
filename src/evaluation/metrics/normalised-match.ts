import type { Metric } from "./metric.ts";
import { normaliseAnswer } from "./text/normalise-answer.ts";

/** Whether a prediction is its reference when both are normalised as SQuAD does: letter case, ASCII punctuation, English articles and white space do not count. */
export function normalisedMatch({ prediction, reference }: { prediction: string; reference: string }): { match: boolean } {
  return { match: normaliseAnswer(prediction) === normaliseAnswer(reference) };
}

/** An answer is right when it equals the reference but for letter case, punctuation, articles and white space. */
export const normalisedMatchMetric: Metric = {
  id: "normalised-match",
  title: "Normalised match",
  explanation: "An answer is right when it equals the reference after SQuAD's normalisation: letter case, ASCII punctuation, English articles and white space are not counted.",
  kind: "pass-fail",
  measure: (answer, reference) => Number(normalisedMatch({ prediction: answer, reference }).match),
  unsuited: (reference) => (normaliseAnswer(reference) === "" ? "nothing is left of the reference without punctuation and articles" : undefined),
};

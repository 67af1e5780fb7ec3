import { normaliseAnswer } from "./text/normalise-answer.ts";

/** Whether a prediction is its reference when both are normalised as SQuAD does: letter case, ASCII punctuation, English articles and white space do not count. */
export function normalisedMatch({ prediction, reference }: { prediction: string; reference: string }): { match: boolean } {
  return { match: normaliseAnswer(prediction) === normaliseAnswer(reference) };
}

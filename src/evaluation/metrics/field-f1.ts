import type { Metric } from "./metric.ts";
import { countNGrams, countShared } from "./text/n-grams.ts";
import { leaves, notStructured, readJson } from "./text/read-json.ts";

/** The harmonic mean of the shares of right fields among those given and among those wanted, 0 to 1; a field is right when path and value are. 0 where the prediction is no JSON object or array; NaN where the reference is none. */
export function fieldF1({ prediction, reference }: { prediction: string; reference: string }): { f1: number } {
  if (notStructured(reference) !== undefined) return { f1: Number.NaN };
  if (notStructured(prediction) !== undefined) return { f1: 0 };
  const [given, wanted] = [leaves(readJson(prediction)?.value), leaves(readJson(reference)?.value)];
  return { f1: (2 * countShared(countNGrams(given, 1, ""), countNGrams(wanted, 1, ""))) / (given.length + wanted.length) };
}

/** How many fields of an extraction are right. */
export const fieldF1Metric: Metric = {
  id: "field-f1",
  title: "Field F1",
  explanation: "The share of fields that are right, as F1 over the answer's and the reference's: a field is right when it stands at the same place of the JSON with the same value. An answer that is no JSON has 0.",
  kind: "score",
  measure: (answer, reference) => fieldF1({ prediction: answer, reference }).f1,
  unsuited: notStructured,
};

import type { Metric } from "./metric.ts";

/** Whether a prediction has the same code points as its reference: nothing is trimmed or folded here. */
export function exactMatch({ prediction, reference }: { prediction: string; reference: string }): { match: boolean } {
  return { match: prediction === reference };
}

/** An answer is right when it equals the reference; white space around the answer, which models add and nobody reads, does not count. */
export const exactMatchMetric: Metric = {
  id: "exact-match",
  title: "Exact match",
  explanation: "An answer is right when it equals the reference, character by character; white space around it is not counted.",
  kind: "pass-fail",
  measure: (answer, reference) => Number(exactMatch({ prediction: answer.trim(), reference: reference.trim() }).match),
};

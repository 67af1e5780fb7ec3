import type { Metric } from "./metric.ts";

/** An answer is right when the reference stands somewhere in it: for models that explain themselves around the answer. */
export const containsMetric: Metric = {
  id: "contains",
  title: "Contains the reference",
  explanation: "An answer is right when the reference stands in it, character by character; white space around the reference is not counted. A model that lists every possible answer is right by this metric too.",
  kind: "pass-fail",
  measure: (answer, reference) => Number(answer.includes(reference.trim())),
};

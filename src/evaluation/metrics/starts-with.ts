import type { Metric } from "./metric.ts";

/** An answer is right when it begins with the reference: for models that go on after the answer. */
export const startsWithMetric: Metric = {
  id: "starts-with",
  title: "Begins with the reference",
  explanation: "An answer is right when it begins with the reference, character by character; white space around both is not counted.",
  kind: "pass-fail",
  measure: (answer, reference) => Number(answer.trim().startsWith(reference.trim())),
};

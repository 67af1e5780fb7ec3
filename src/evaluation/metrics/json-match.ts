import type { Metric } from "./metric.ts";
import { leaves, notStructured, readJson } from "./text/read-json.ts";

/** An answer is right when it is the reference's JSON, however it is written. */
export const jsonMatchMetric: Metric = {
  id: "json-match",
  title: "Same JSON",
  explanation: "An answer is right when it is JSON with the reference's keys and values; the order of keys and white space between them are not counted.",
  kind: "pass-fail",
  measure(answer, reference) {
    const [given, wanted] = [readJson(answer), readJson(reference)];
    return Number(given !== undefined && wanted !== undefined && canonical(given.value) === canonical(wanted.value));
  },
  unsuited: notStructured,
};

function canonical(value: unknown): string {
  return [...leaves(value)].sort().join("\n");
}

import type { Metric } from "./metric.ts";
import { notStructured, readJson } from "./text/read-json.ts";

/** An answer is right when a program could read it as JSON. */
export const jsonValidMetric: Metric = {
  id: "json-valid",
  title: "Valid JSON",
  explanation: "An answer is right when it is one JSON object or array and nothing else, whatever it says; a code fence or a sentence around it makes it wrong. Asked only where the reference is JSON.",
  kind: "pass-fail",
  measure(answer) {
    const json = readJson(answer);
    return Number(json !== undefined && typeof json.value === "object" && json.value !== null);
  },
  unsuited: notStructured,
};

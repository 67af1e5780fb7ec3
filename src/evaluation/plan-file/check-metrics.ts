import { wrong, type JsoncProblem } from "../../dataset/jsonc-problem.ts";
import type { JsoncPath } from "../../dataset/jsonc-stretch.ts";
import { createMetric, metrics, parameterisedOf, type WrittenMetric } from "../metrics/index.ts";
import type { PlanFile } from "./schema.ts";

const passOrFail = metrics.filter(({ kind }) => kind === "pass-fail").map(({ id }) => id);

/** What cannot be of the metrics of a plan. */
export function* checkMetrics({ metric, metrics: written, guardRail }: Pick<PlanFile, "metric" | "metrics" | "guardRail">): Generator<JsoncProblem> {
  if (guardRail?.metrics) yield* checkWritten(guardRail.metrics, ["guardRail", "metrics"]);
  if (!written) return;
  if (metric !== undefined) yield { ...wrong(["metric"], "A plan has metric or metrics, not both; make it the first of metrics."), key: true };
  yield* checkWritten(written, ["metrics"]);
}

/** What cannot be of a list of metrics at `path`: parameters that no schema refuses, scores where right and wrong are to be told, the same twice. */
function* checkWritten(written: readonly WrittenMetric[], path: JsoncPath): Generator<JsoncProblem> {
  const same = written.map((each) => JSON.stringify(each));
  for (const [index, each] of written.entries()) {
    const faults = typeof each === "string" ? [] : (parameterisedOf(each.metric)?.faults(each) ?? []);
    for (const { key, message } of faults) yield wrong([...path, index, key], message);
    if (index === 0 && createMetric(each)?.kind === "score") yield wrong([...path, index], `The first metric says which answers are right, and this one gives scores. Put one of ${passOrFail.join(", ")} before it.`);
    if (same.indexOf(same[index] ?? "") < index) yield wrong([...path, index], "This metric is here twice.");
  }
}

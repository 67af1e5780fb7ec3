import type { Metric } from "./metrics/metric.ts";
import type { PlanRecord } from "./plan-report.ts";
import type { JudgedOutcome, JudgedRecord } from "./report.ts";
import type { MetricOutcomes } from "./verdict.ts";

/** What a metric gives for the records that it is defined for, in their order. */
export function measureBy(metric: Metric, records: readonly JudgedRecord[]): MetricOutcomes {
  const suited = records.filter((record) => metric.unsuited?.(record.reference, record) === undefined);
  return { id: metric.id, title: metric.title, kind: metric.kind, pairs: suited.map((record) => ({ base: measureOutcome(metric, record.base, record), tuned: measureOutcome(metric, record.tuned, record) })) };
}

/** What a metric gives for each candidate's answer, undefined where there is none, over the records that it is defined for; and why it is not for the others. */
export function measureCandidates(metric: Metric, records: readonly PlanRecord[]): { readonly rows: readonly (readonly (number | undefined)[])[]; readonly unsuited: readonly { readonly line: number; readonly reason: string }[] } {
  const judged = records.map((record) => ({ record, reason: metric.unsuited?.(record.reference, record) }));
  return {
    rows: judged.flatMap(({ record, reason }) => (reason === undefined ? [record.outcomes.map((outcome) => measureOutcome(metric, outcome, record))] : [])),
    unsuited: judged.flatMap(({ record: { line }, reason }) => (reason === undefined ? [] : [{ line, reason }])),
  };
}

/** Undefined without an answer, and where the metric needs what was not told. */
function measureOutcome(metric: Metric, outcome: JudgedOutcome, { reference, tools }: Pick<PlanRecord, "reference" | "tools">): number | undefined {
  if ("failure" in outcome) return undefined;
  const { text, likelihood } = outcome;
  const value = metric.measure(text, reference, { tools, ...(likelihood && "logprob" in likelihood ? { likelihood } : {}) });
  return Number.isNaN(value) ? undefined : value;
}

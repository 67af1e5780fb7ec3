import type { Metric } from "./metrics/metric.ts";
import type { PlanRecord } from "./plan-report.ts";
import type { JudgedOutcome, JudgedRecord } from "./report.ts";
import type { MetricOutcomes } from "./verdict.ts";

/** What a metric gives for the records that it is defined for, in their order. */
export function measureBy(metric: Metric, records: readonly JudgedRecord[]): MetricOutcomes {
  const suited = records.filter((record) => metric.unsuited?.(record.reference, record) === undefined);
  const measure = (outcome: JudgedOutcome, record: JudgedRecord): number | undefined => ("failure" in outcome ? undefined : metric.measure(outcome.text, record.reference, record));
  return { id: metric.id, title: metric.title, kind: metric.kind, pairs: suited.map((record) => ({ base: measure(record.base, record), tuned: measure(record.tuned, record) })) };
}

/** What a metric gives for each candidate's answer, undefined where there is none, over the records that it is defined for; and why it is not for the others. */
export function measureCandidates(metric: Metric, records: readonly PlanRecord[]): { readonly rows: readonly (readonly (number | undefined)[])[]; readonly unsuited: readonly { readonly line: number; readonly reason: string }[] } {
  const judged = records.map((record) => ({ record, reason: metric.unsuited?.(record.reference, record) }));
  return {
    rows: judged.flatMap(({ record, reason }) => (reason === undefined ? [record.outcomes.map((outcome) => ("failure" in outcome ? undefined : metric.measure(outcome.text, record.reference, record)))] : [])),
    unsuited: judged.flatMap(({ record: { line }, reason }) => (reason === undefined ? [] : [{ line, reason }])),
  };
}

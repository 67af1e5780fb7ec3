import type { Metric } from "./metrics/metric.ts";
import type { PlanRecord } from "./plan-report.ts";
import type { JudgedOutcome, JudgedRecord } from "./report.ts";
import type { MetricOutcomes } from "./verdict.ts";

/** What a metric gives for the records that it is defined for, in their order. */
export function measureBy(metric: Metric, records: readonly JudgedRecord[]): MetricOutcomes {
  const suited = records.filter(({ reference }) => metric.unsuited?.(reference) === undefined);
  const measure = (outcome: JudgedOutcome, reference: string): number | undefined => ("failure" in outcome ? undefined : metric.measure(outcome.text, reference));
  return { id: metric.id, title: metric.title, kind: metric.kind, pairs: suited.map(({ base, tuned, reference }) => ({ base: measure(base, reference), tuned: measure(tuned, reference) })) };
}

/** What a metric gives for each candidate's answer, undefined where there is none, over the records that it is defined for; and why it is not for the others. */
export function measureCandidates(metric: Metric, records: readonly PlanRecord[]): { readonly rows: readonly (readonly (number | undefined)[])[]; readonly unsuited: readonly { readonly line: number; readonly reason: string }[] } {
  const judged = records.map((record) => ({ record, reason: metric.unsuited?.(record.reference) }));
  return {
    rows: judged.flatMap(({ record: { reference, outcomes }, reason }) => (reason === undefined ? [outcomes.map((outcome) => ("failure" in outcome ? undefined : metric.measure(outcome.text, reference)))] : [])),
    unsuited: judged.flatMap(({ record: { line }, reason }) => (reason === undefined ? [] : [{ line, reason }])),
  };
}

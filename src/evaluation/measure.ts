import type { Metric } from "./metrics/metric.ts";
import type { JudgedOutcome, JudgedRecord } from "./report.ts";
import type { MetricOutcomes } from "./verdict.ts";

/** What a metric gives for the records that it is defined for, in their order. */
export function measureBy(metric: Metric, records: readonly JudgedRecord[]): MetricOutcomes {
  const suited = records.filter(({ reference }) => metric.unsuited?.(reference) === undefined);
  const measure = (outcome: JudgedOutcome, reference: string): number | undefined => ("failure" in outcome ? undefined : metric.measure(outcome.text, reference));
  return { id: metric.id, title: metric.title, kind: metric.kind, pairs: suited.map(({ base, tuned, reference }) => ({ base: measure(base, reference), tuned: measure(tuned, reference) })) };
}

import { measureBy } from "./measure.ts";
import { findMetric } from "./metrics/index.ts";
import type { Report } from "./report.ts";
import { judgeMetrics, type MetricVerdict, type Verdict } from "./verdict.ts";

/** One metric of a report: its means over the records that both models answered and it is defined for, and what they show. */
export interface MeasuredMetric extends MetricVerdict {
  readonly title: string;
  readonly explanation: string;
  readonly base: number;
  readonly tuned: number;
  /** Records for which the metric is undefined, and the reason that the first of them has. */
  readonly unsuited: { readonly records: number; readonly reason?: string };
}

/**
 * Judges a report by all its metrics, those named beside the first among them. Takes a bootstrap for each that gives scores: a tenth of a second for a thousand records,
 * so not for a list of reports, whose summaries have the first metric's verdict with the same correction.
 */
export function judgeReport({ metric: first, also = [], records }: Report): { readonly overall: Verdict; readonly metrics: readonly MeasuredMetric[] } {
  const named = [first, ...also].flatMap((id) => findMetric(id) ?? []);
  const measured = named.map((metric) => measureBy(metric, records));
  const { overall, verdicts } = judgeMetrics(measured);
  return {
    overall,
    metrics: named.flatMap((metric, index) => {
      const [verdict, outcomes] = [verdicts[index], measured[index]];
      if (!verdict || !outcomes) return [];
      const answered = outcomes.pairs.flatMap(({ base, tuned }) => (base === undefined || tuned === undefined ? [] : [{ base, tuned }]));
      const mean = (of: "base" | "tuned"): number => answered.reduce((sum, pair) => sum + pair[of], 0) / answered.length;
      const reason = records.map((record) => metric.unsuited?.(record.reference, record)).find((each) => each !== undefined);
      const unsuited = { records: records.length - outcomes.pairs.length, ...(reason === undefined ? {} : { reason }) };
      return [{ ...verdict, title: metric.title, explanation: metric.explanation, base: mean("base"), tuned: mean("tuned"), unsuited }];
    }),
  };
}

import type { MetricKind } from "./comparison.ts";
import { meanOf, type Mean } from "./mean-of.ts";
import { measureCandidates, pairsOf } from "./measure.ts";
import { findMetric } from "./metrics/index.ts";
import type { ReportView } from "./report-view.ts";
import { judgeMetrics, type MetricVerdict } from "./verdict.ts";

/** What one metric says of one candidate. */
export interface MeasuredCandidate extends Mean {
  /** Against the first candidate, on the records that both answered; undefined of the first. Its words speak of a base and a tuned model and are not for plans. */
  readonly against?: Pick<MetricVerdict, "outcome" | "comparison" | "adjusted" | "recordsNeeded">;
}

/** One metric of a plan's report. */
export interface PlanMetric {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly kind: MetricKind;
  /** In the order of the plan. */
  readonly candidates: readonly MeasuredCandidate[];
  /** Records for which the metric is undefined, and the reason that the first of them has. */
  readonly unsuited: { readonly records: number; readonly reason?: string };
}

/**
 * Judges the candidates of a plan by all its metrics. Better and worse mean what they mean in every verdict; the family that Holm's method corrects for is every metric of
 * every candidate against the first. Takes a bootstrap for each score of each candidate: a tenth of a second for a thousand records.
 */
export function judgePlan({ metric: first, also = [], candidates, records }: ReportView): readonly PlanMetric[] {
  const measured = [first, ...also].flatMap((id) => {
    const metric = findMetric(id);
    return metric ? [{ metric, ...measureCandidates(metric, records) }] : [];
  });
  const pairs = measured.flatMap(({ metric, ...each }) => candidates.slice(1).map((_, index) => ({ ...metric, pairs: pairsOf(each, 0, index + 1) })));
  const { verdicts } = judgeMetrics(pairs);
  return measured.map(({ metric: { id, title, explanation, kind }, rows, conversations, unsuited }, place) => ({
    id, title, explanation, kind,
    candidates: candidates.map((_, index): MeasuredCandidate => {
      const verdict = index === 0 ? undefined : verdicts[place * (candidates.length - 1) + index - 1];
      return { ...meanOf(rows.map((row) => row[index]), kind, conversations), ...(verdict ? { against: againstFirst(verdict) } : {}) };
    }),
    unsuited: { records: unsuited.length, ...(unsuited[0] ? { reason: unsuited[0].reason } : {}) },
  }));
}

function againstFirst({ outcome, comparison, adjusted, recordsNeeded }: MetricVerdict): NonNullable<MeasuredCandidate["against"]> {
  return { outcome, comparison, adjusted, ...(recordsNeeded === undefined ? {} : { recordsNeeded }) };
}

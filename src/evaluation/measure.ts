import { conversationsOf } from "./conversations.ts";
import type { Metric } from "./metrics/metric.ts";
import type { PlanRecord } from "./plan-record.ts";
import type { JudgedOutcome, JudgedRecord } from "./report-schema.ts";
import type { MetricOutcomes } from "./verdict.ts";

/** What a metric gives for the records that it is defined for, in their order. */
export function measureBy(metric: Metric, records: readonly JudgedRecord[]): MetricOutcomes {
  const conversations = conversationsOf(records);
  const suited = records.flatMap((record, index) => (metric.unsuited?.(record.reference, record) === undefined ? [{ record, ...ofConversation(conversations[index]) }] : []));
  return { id: metric.id, title: metric.title, kind: metric.kind, pairs: suited.map(({ record, ...of }) => ({ base: measureOutcome(metric, record.base, record), tuned: measureOutcome(metric, record.tuned, record), ...of })) };
}

/** What a metric gives over the records that it is defined for, and why it is not for the others. */
export interface MeasuredRecords {
  /** For each candidate's answer, undefined where there is none. */
  readonly rows: readonly (readonly (number | undefined)[])[];
  /** Of the same records, as `conversationsOf` tells them. */
  readonly conversations: readonly (string | undefined)[];
  readonly unsuited: readonly { readonly line: number; readonly reason: string }[];
}

/** Measures what every candidate made of the records of a plan. */
export function measureCandidates(metric: Metric, records: readonly PlanRecord[]): MeasuredRecords {
  const judged = records.map((record) => ({ record, reason: metric.unsuited?.(record.reference, record) }));
  const conversations = conversationsOf(records);
  return {
    rows: judged.flatMap(({ record, reason }) => (reason === undefined ? [record.outcomes.map((outcome) => measureOutcome(metric, outcome, record))] : [])),
    conversations: conversations.filter((_, index) => judged[index]?.reason === undefined),
    unsuited: judged.flatMap(({ record: { line }, reason }) => (reason === undefined ? [] : [{ line, reason }])),
  };
}

/** Two candidates of measured records, the first of them the baseline. */
export function pairsOf({ rows, conversations }: Pick<MeasuredRecords, "rows" | "conversations">, baseline: number, candidate: number): MetricOutcomes["pairs"] {
  return rows.map((row, index) => ({ base: row[baseline], tuned: row[candidate], ...ofConversation(conversations[index]) }));
}

function ofConversation(conversation: string | undefined): { readonly conversation?: string } {
  return conversation === undefined ? {} : { conversation };
}

/** Undefined without an answer, and where the metric needs what was not told. */
function measureOutcome(metric: Metric, outcome: JudgedOutcome, { reference, tools }: Pick<PlanRecord, "reference" | "tools">): number | undefined {
  if ("failure" in outcome) return undefined;
  const { text, likelihood } = outcome;
  const value = metric.measure(text, reference, { tools, ...(likelihood && "logprob" in likelihood ? { likelihood } : {}) });
  return Number.isNaN(value) ? undefined : value;
}

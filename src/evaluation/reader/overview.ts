import { pairIn, recordsOfPair, type Pair } from "../compared-candidates.ts";
import { conversationsOf } from "../conversations.ts";
import { findMetric } from "../metrics/index.ts";
import type { AgainstBaseline, PlanReport, ReportedCandidate } from "../plan-report.ts";
import { countByFilter, type RecordFilter } from "../record-order.ts";
import type { Report } from "../report.ts";
import type { JudgedOutcome, Setting } from "../report-schema.ts";
import { viewOf } from "../view-of-report.ts";
import type { SavedReport } from "../saved-report.ts";
import { summarise, type Accuracy } from "../summary.ts";

/** A report without its records. Of a plan, summary and filters are those of the pair. Services are named as in the report. */
export interface ReportOverview {
  readonly services: readonly string[];
  readonly metric: { readonly title: string; readonly explanation: string };
  readonly setting: Setting;
  readonly summary: Report["summary"];
  readonly filters: Readonly<Record<RecordFilter, number>>;
  readonly plan?: PlanOverview;
}

/** What the report of a plan says besides. */
export interface PlanOverview {
  /** The plan's file as the report names it. */
  readonly file: string;
  /** What won. */
  readonly words: string;
  readonly candidates: readonly CandidateRow[];
  /** The two whose records are shown. */
  readonly pair: Pair;
}

/** One candidate of a plan, by the metric that says what is right. */
export interface CandidateRow extends Pick<ReportedCandidate, "name" | "service" | "model" | "tuned" | "fewShot" | "retrieval"> {
  readonly accuracy: Accuracy;
  readonly unanswered: number;
  /** Undefined of the first. */
  readonly comparison?: AgainstBaseline;
}

/** A report without its records, with two of its candidates; the first two unless others are wanted. */
export function overviewOf(report: SavedReport, wanted?: Pair): ReportOverview {
  const view = viewOf(report);
  const pair = pairIn(view, wanted);
  const records = recordsOfPair(view, pair);
  const conversations = conversationsOf(view.records);
  const metric = findMetric(report.metric);
  const also = (report.also ?? []).map((id) => findMetric(id)?.title ?? id);
  return {
    services: report.version === 1 ? [report.models.provider] : [...new Set(report.candidates.map(({ service }) => service))],
    setting: settingOf(report, pair), filters: countByFilter(records),
    summary: report.version === 1 ? report.summary : summarise(records.map(({ base, tuned }, index) => ({ base: rightOf(base), tuned: rightOf(tuned), conversation: conversations[index] }))),
    metric: { title: `${metric?.title ?? report.metric}${also.length === 0 ? "" : `, judged together with ${also.join(", ")}`}`, explanation: metric?.explanation ?? "" },
    ...(report.version === 2 ? { plan: planOf(report, pair) } : {}),
  };
}

function settingOf(report: SavedReport, [base, tuned]: Pair): Setting {
  const { createdAt, dataset, training, options, metric, also } = report;
  const shared = { createdAt, dataset, ...(training ? { training } : {}), options, metric, ...(also ? { also } : {}) };
  if (report.version === 1) return { ...shared, models: report.models };
  const { candidates } = report;
  return { ...shared, models: { provider: "", base: candidates[base]?.name ?? "", tuned: candidates[tuned]?.name ?? "" } };
}

function planOf({ plan, summary, candidates }: PlanReport, pair: Pair): PlanOverview {
  return {
    file: plan, words: summary.words, pair,
    candidates: candidates.flatMap(({ name, service, model, tuned, fewShot, retrieval }, index) => {
      const own = summary.candidates[index];
      return own ? [{ name, service, model, tuned, fewShot, retrieval, ...own }] : [];
    }),
  };
}

function rightOf(outcome: JudgedOutcome): boolean | undefined {
  return "failure" in outcome ? undefined : outcome.right;
}

import { judgePlan, type MeasuredCandidate } from "../judge-plan.ts";
import type { ReportView } from "../report-view.ts";
import type { Section, Table } from "./section.ts";
import { adjustedP, count, decimal, outcomeWords, points } from "./words.ts";

/** What each of several metrics says of each candidate; undefined where a report has one metric only. */
export function metricsSection(view: ReportView): Section | undefined {
  if (!view.also || view.also.length === 0) return undefined;
  return { title: `By all ${view.also.length + 1} metrics, corrected for together`, paragraphs: [], tables: metricTables(view) };
}

/** A table for each metric. */
export function metricTables(view: ReportView): readonly Table[] {
  return judgePlan(view).map(({ title, explanation, candidates, unsuited }) => ({
    title: `${title}: ${explanation}${unsuited.records === 0 ? "" : ` It is undefined for ${count(unsuited.records, "record")}: ${unsuited.reason}.`}`,
    head: ["Candidate", "Mean", "95 % interval", "Against the first"],
    rows: candidates.map((each, index) => [view.candidates[index]?.name ?? "", ...meanCells(each), each.against ? compared(each.against) : "baseline"]),
  }));
}

function meanCells({ n, mean, low, high }: MeasuredCandidate): string[] {
  return n === 0 ? ["undefined", ""] : [decimal(mean), Number.isNaN(low) ? "undefined" : `${decimal(low)} to ${decimal(high)}`];
}

function compared({ outcome, comparison, adjusted, recordsNeeded }: NonNullable<MeasuredCandidate["against"]>): string {
  if (Number.isNaN(comparison.difference)) return outcomeWords[outcome];
  const more = recordsNeeded === undefined || !Number.isFinite(recordsNeeded) || recordsNeeded === 0 ? "" : `; about ${count(recordsNeeded, "more record")} would show it`;
  return `${outcomeWords[outcome]}: ${points(comparison.difference)} points (${points(comparison.low)} to ${points(comparison.high)}), ${adjustedP(adjusted)}${more}`;
}

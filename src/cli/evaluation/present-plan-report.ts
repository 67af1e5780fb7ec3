import { findMetric } from "../../evaluation/metrics/index.ts";
import { judgePlan, type MeasuredCandidate, type PlanMetric } from "../../evaluation/judge-plan.ts";
import type { AgainstBaseline, PlanReport } from "../../evaluation/plan-report.ts";
import { visible } from "../excerpt.ts";
import { count } from "../summary.ts";
import { accuracy, refusedLines, table } from "./present-report.ts";

const outcomes = { better: "better", worse: "worse", "cannot-tell": "cannot tell" } as const;

/** A plan's report for a reader: what won, each candidate beside the baseline, and what was left out. */
export function planReportText(report: PlanReport): string {
  const { candidates, dataset, metric, also, summary } = report;
  const rows = candidates.map(({ name }, index) => {
    const of = summary.candidates[index];
    if (!of) return [name];
    return [name, ...accuracy(of.accuracy), ...(of.unanswered > 0 ? [`${of.unanswered} without an answer`] : []), of.comparison ? against(of.comparison) : "baseline"];
  });
  const lines = [summary.words, "", ...table(rows), "", `Metric: ${findMetric(metric)?.explanation ?? metric}`, ...(also ? byMetric(report) : []), ...refusedLines(dataset)];
  return lines.map((line) => `${visible(line)}\n`).join("");
}

/** What each metric says of each candidate; all of them are corrected for together. */
function byMetric(report: PlanReport): readonly string[] {
  const metrics = judgePlan(report);
  return ["", `By all ${metrics.length} metrics, corrected for together:`, ...metrics.flatMap(({ title, explanation, candidates, unsuited }) => [
    "", `${title}: ${explanation}${unsuited.records === 0 ? "" : ` It is undefined for ${count(unsuited.records, "record")}: ${unsuited.reason}.`}`,
    ...table(candidates.map((each, index) => [report.candidates[index]?.name ?? "", ...measured(each), each.against ? compared(each.against) : "baseline"])),
  ]), ""];
}

function measured({ n, mean, low, high }: MeasuredCandidate): string[] {
  if (n === 0) return ["undefined", ""];
  return [mean.toFixed(3), Number.isNaN(low) ? "(interval undefined)" : `(95 % interval ${low.toFixed(3)} to ${high.toFixed(3)})`];
}

function compared({ outcome, comparison, adjusted, recordsNeeded }: NonNullable<PlanMetric["candidates"][number]["against"]>): string {
  const more = recordsNeeded === undefined || !Number.isFinite(recordsNeeded) || recordsNeeded === 0 ? "" : `; about ${recordsNeeded.toLocaleString("en")} more records would show it`;
  return `${against({ outcome, difference: comparison, adjusted })}${more}`;
}

function against({ outcome, difference, adjusted }: Pick<AgainstBaseline, "outcome" | "difference" | "adjusted">): string {
  if (Number.isNaN(difference.difference)) return outcomes[outcome];
  return `${outcomes[outcome]}: ${points(difference.difference)} points (${points(difference.low)} to ${points(difference.high)}), p ${adjusted < 0.0001 ? "< 0.0001" : `= ${adjusted.toFixed(4)}`} after Holm's correction`;
}

function points(rate: number): string {
  const text = Math.abs(rate * 100).toFixed(1);
  return text === "0.0" ? text : `${rate < 0 ? "−" : "+"}${text}`;
}

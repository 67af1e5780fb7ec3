import type { Accuracy } from "../../evaluation/summary.ts";
import type { PlanReport } from "../../evaluation/plan-report.ts";
import type { Report } from "../../evaluation/report.ts";
import type { SavedReport } from "../../evaluation/saved-report.ts";

/** What a list of evaluations says of one. */
export interface ReportRow {
  readonly label: string;
  readonly outcome: Report["summary"]["verdict"]["outcome"];
  readonly headline: string;
  readonly description: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

const words = { better: "better", worse: "worse", "cannot-tell": "cannot tell" } as const;

/** A report of either version as a row. */
export function describeSavedReport(report: SavedReport): ReportRow {
  return report.version === 1 ? describeReport(report) : describePlanReport(report);
}

/** The report of a plan as a row: what its candidates showed against the first, and below it the numbers of each. */
function describePlanReport({ createdAt, plan, dataset, metric, candidates, summary }: PlanReport): ReportRow {
  const outcomes = summary.candidates.flatMap(({ comparison }) => comparison?.outcome ?? []);
  const outcome = outcomes.includes("better") ? "better" : outcomes.includes("worse") ? "worse" : "cannot-tell";
  const unanswered = summary.candidates.reduce((sum, each) => sum + each.unanswered, 0);
  return {
    label: plan.split("/").at(-1) ?? plan, outcome, headline: summary.words,
    description: `${candidates.length} candidates · ${new Date(createdAt).toLocaleDateString()}`,
    facts: [
      ...candidates.flatMap(({ name }, index) => {
        const own = summary.candidates[index];
        return own ? [{ name, value: `${right(own.accuracy)} right, ${own.comparison ? words[own.comparison.outcome] : "baseline"}` }] : [];
      }),
      { name: "Metric", value: metric },
      { name: "Test file", value: dataset.path },
      ...(unanswered === 0 ? [] : [{ name: "Without an answer", value: String(unanswered) }]),
      { name: "Made", value: new Date(createdAt).toLocaleString() },
    ],
  };
}

/** A report as a row: `better, +63.9 to +81.6 points · 28/11/2026`, and below it the numbers that this rests on. */
export function describeReport({ createdAt, models, dataset, metric, summary }: Report): ReportRow {
  const { verdict, difference, base, tuned, answered, unanswered, confidence } = summary;
  const span = answered === 0 ? "" : `, ${points(difference.low)} to ${points(difference.high)} points`;
  return {
    label: models.tuned,
    outcome: verdict.outcome,
    headline: `${verdict.headline}. ${verdict.words}`,
    description: `${words[verdict.outcome]}${span} · ${new Date(createdAt).toLocaleDateString()}`,
    facts: [
      { name: "Tuned model right", value: right(tuned) },
      { name: "Base model right", value: `${right(base)}, ${models.base}` },
      ...(answered === 0 ? [] : [{ name: "Difference", value: `${points(difference.difference)} points, ${confidence * 100} % interval ${points(difference.low)} to ${points(difference.high)}` }]),
      { name: "Metric", value: metric },
      { name: "Test file", value: dataset.path },
      ...(unanswered === 0 ? [] : [{ name: "Without an answer", value: String(unanswered) }]),
      { name: "Made", value: new Date(createdAt).toLocaleString() },
    ],
  };
}

function right({ right: number, n }: Accuracy): string {
  return `${number.toLocaleString("en")} of ${n.toLocaleString("en")}`;
}

function points(rate: number): string {
  const text = Math.abs(rate * 100).toFixed(1);
  return text === "0.0" ? text : `${rate < 0 ? "−" : "+"}${text}`;
}

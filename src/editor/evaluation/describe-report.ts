import { chanceOfFalseAlarm } from "../../evaluation/history.ts";
import type { Accuracy } from "../../evaluation/summary.ts";
import type { PlanReport } from "../../evaluation/plan-report.ts";
import type { Report } from "../../evaluation/report.ts";
import type { SavedReport } from "../../evaluation/saved-report.ts";
import { percent, points } from "../../evaluation/sections/words.ts";

/** What a list of evaluations says of one. */
export interface ReportRow {
  readonly label: string;
  readonly outcome: Report["summary"]["verdict"]["outcome"];
  readonly headline: string;
  readonly description: string;
  /** When it was made, and the share that each candidate had right: what tells the runs of one history apart. */
  readonly made: string;
  readonly scores: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

const words = { better: "better", worse: "worse", "cannot-tell": "cannot tell" } as const;

/** A report of either version as a row. */
export function describeSavedReport(report: SavedReport): ReportRow {
  return report.version === 1 ? describeReport(report) : describePlanReport(report);
}

/** The report of a plan as a row: what its candidates showed against the first, and below it the numbers of each. */
function describePlanReport({ createdAt, plan, dataset, metric, looks, candidates, summary }: PlanReport): ReportRow {
  const outcomes = summary.candidates.flatMap(({ comparison }) => comparison?.outcome ?? []);
  const outcome = outcomes.includes("better") ? "better" : outcomes.includes("worse") ? "worse" : "cannot-tell";
  const unanswered = summary.candidates.reduce((sum, each) => sum + each.unanswered, 0);
  return {
    label: plan.split("/").at(-1) ?? plan, outcome, headline: summary.words,
    description: `${candidates.length} candidates · ${new Date(createdAt).toLocaleDateString()}`,
    made: new Date(createdAt).toLocaleString(), scores: scoresOf(candidates.map(({ name }, index) => [name, summary.candidates[index]?.accuracy])),
    facts: [
      ...candidates.flatMap(({ name }, index) => {
        const own = summary.candidates[index];
        return own ? [{ name, value: `${right(own.accuracy)} right, ${own.comparison ? words[own.comparison.outcome] : "baseline"}` }] : [];
      }),
      { name: "Metric", value: metric },
      { name: "Test file", value: dataset.path },
      ...(unanswered === 0 ? [] : [{ name: "Without an answer", value: String(unanswered) }]),
      ...looksFact(looks),
      { name: "Made", value: new Date(createdAt).toLocaleString() },
    ],
  };
}

/** A report as a row: `better, +63.9 to +81.6 points · 28/11/2026`, and below it the numbers that this rests on. */
export function describeReport({ createdAt, models, dataset, metric, looks, summary }: Report): ReportRow {
  const { verdict, difference, base, tuned, answered, unanswered, confidence } = summary;
  const span = answered === 0 ? "" : `, ${points(difference.low)} to ${points(difference.high)} points`;
  return {
    label: models.tuned,
    outcome: verdict.outcome,
    headline: `${verdict.headline}. ${verdict.words}`,
    description: `${words[verdict.outcome]}${span} · ${new Date(createdAt).toLocaleDateString()}`,
    made: new Date(createdAt).toLocaleString(), scores: scoresOf([["base", base], ["tuned", tuned]]),
    facts: [
      { name: "Tuned model right", value: right(tuned) },
      { name: "Base model right", value: `${right(base)}, ${models.base}` },
      ...(answered === 0 ? [] : [{ name: "Difference", value: `${points(difference.difference)} points, ${confidence * 100} % interval ${points(difference.low)} to ${points(difference.high)}` }]),
      { name: "Metric", value: metric },
      { name: "Test file", value: dataset.path },
      ...(unanswered === 0 ? [] : [{ name: "Without an answer", value: String(unanswered) }]),
      ...looksFact(looks),
      { name: "Made", value: new Date(createdAt).toLocaleString() },
    ],
  };
}

function scoresOf(candidates: readonly (readonly [string, Accuracy | undefined])[]): string {
  return candidates.map(([name, accuracy]) => `${name} ${accuracy && accuracy.n > 0 ? percent(accuracy.rate) : "unanswered"}`).join(" · ");
}

/** That the test file was looked at before: chance has had as many tries. */
function looksFact(looks = 1): ReportRow["facts"] {
  return looks < 2 ? [] : [{ name: "Comparisons on this test file", value: `${looks.toLocaleString("en")}; where nothing differs, up to ${percent(chanceOfFalseAlarm(looks))} of such series show a difference by chance` }];
}

function right({ right: number, n }: Accuracy): string {
  return `${number.toLocaleString("en")} of ${n.toLocaleString("en")}`;
}

import { judgePlan } from "../../evaluation/judge-plan.ts";
import { sumUpJudge } from "../../evaluation/judge/sum-up-judge.ts";
import { findMetric } from "../../evaluation/metrics/index.ts";
import type { AgainstBaseline, PlanReport } from "../../evaluation/plan-report.ts";
import { sectionsOf } from "../../evaluation/sections/index.ts";
import { visible } from "../excerpt.ts";
import { accuracy, demandLines, refusedLines, sectionLines, table, type Demand } from "./present-report.ts";

const outcomes = { better: "better", worse: "worse", "cannot-tell": "cannot tell" } as const;

/** A plan's report for a reader: what won, each candidate beside the baseline, what was left out, and whether what was demanded is so. */
export function planReportText(report: PlanReport, demands: readonly Demand[] = []): string {
  const { candidates, dataset, metric, summary } = report;
  const rows = candidates.map(({ name }, index) => {
    const of = summary.candidates[index];
    if (!of) return [name];
    return [name, ...accuracy(of.accuracy), ...(of.unanswered > 0 ? [`${of.unanswered} without an answer`] : []), of.comparison ? against(of.comparison) : "baseline"];
  });
  const lines = [summary.words, "", ...table(rows), "", `Metric: ${findMetric(metric)?.explanation ?? metric}`, ...sectionLines(sectionsOf(report)), ...refusedLines(dataset), ...demandLines(demands)];
  return lines.map((line) => `${visible(line)}\n`).join("");
}

/** The same as data; the records are in the report. */
export function planReportJson(report: PlanReport, path: string): object {
  const { records, guardRail, judge, ...head } = report;
  const { records: guarded = [], ...guard } = guardRail ?? {};
  return {
    report: path, ...head, ...(report.also ? { metrics: judgePlan(report) } : {}),
    ...(guardRail ? { guardRail: { ...guard, metrics: judgePlan({ ...guardRail, candidates: report.candidates, records: guarded }) } } : {}),
    ...(judge ? { judge: { service: judge.service, model: judge.model, rubric: judge.rubric, ...sumUpJudge(judge, records.map(({ line }) => line), report.candidates.map(({ name }) => name)) } } : {}),
  };
}

function against({ outcome, difference, adjusted }: AgainstBaseline): string {
  if (Number.isNaN(difference.difference)) return outcomes[outcome];
  return `${outcomes[outcome]}: ${points(difference.difference)} points (${points(difference.low)} to ${points(difference.high)}), p ${adjusted < 0.0001 ? "< 0.0001" : `= ${adjusted.toFixed(4)}`} after Holm's correction`;
}

function points(rate: number): string {
  const text = Math.abs(rate * 100).toFixed(1);
  return text === "0.0" ? text : `${rate < 0 ? "−" : "+"}${text}`;
}

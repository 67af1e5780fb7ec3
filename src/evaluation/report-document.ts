import { findMetric } from "./metrics/index.ts";
import type { PlanReport } from "./plan-report.ts";
import type { JudgedOutcome } from "./report-schema.ts";
import type { Report } from "./report.ts";
import type { Table } from "./sections/section.ts";
import { outcomeWords, percent, points } from "./sections/words.ts";
import type { Accuracy } from "./summary.ts";

/** The names of the candidates, in their order. */
export function namesOf(report: Report | PlanReport): string[] {
  return report.version === 1 ? [report.models.base, report.models.tuned] : report.candidates.map(({ name }) => name);
}

/** What each candidate made of a record. */
export function outcomesOf(record: Report["records"][number] | PlanReport["records"][number]): readonly JudgedOutcome[] {
  return "outcomes" in record ? record.outcomes : [record.base, record.tuned];
}

/** What was found, in a headline where there is one, and in sentences. */
export function verdictOf(report: Report | PlanReport): { readonly headline?: string; readonly words: string } {
  return report.version === 1 ? report.summary.verdict : { words: report.summary.words };
}

/** How each candidate did, and what it shows against the first. */
export function candidateRows(report: Report | PlanReport): Table {
  const compared = comparisonsOf(report);
  const accuracies = report.version === 1 ? [report.summary.base, report.summary.tuned] : report.summary.candidates.map(({ accuracy }) => accuracy);
  return {
    head: ["Candidate", "Right", "Share", "95 % interval", "Against the first"],
    rows: namesOf(report).map((name, index) => {
      const own = compared[index - 1];
      return [name, ...accuracyCells(accuracies[index]), !own ? "baseline" : Number.isNaN(own.difference) ? outcomeWords[own.outcome] : `${outcomeWords[own.outcome]}: ${points(own.difference)} points (${points(own.low)} to ${points(own.high)})`];
    }),
  };
}

/** Each candidate but the first against the first. */
export function comparisonsOf(report: Report | PlanReport): readonly { readonly name: string; readonly outcome: keyof typeof outcomeWords; readonly difference: number; readonly low: number; readonly high: number }[] {
  if (report.version === 1) return [{ name: report.models.tuned, outcome: report.summary.verdict.outcome, ...report.summary.difference }];
  return report.summary.candidates.flatMap(({ comparison }, index) => (comparison ? [{ name: report.candidates[index]?.name ?? "", outcome: comparison.outcome, ...comparison.difference }] : []));
}

function accuracyCells(accuracy: Accuracy | undefined): string[] {
  if (!accuracy || accuracy.n === 0) return ["no record was answered", "undefined", "undefined"];
  const { right, n, rate, low, high } = accuracy;
  return [`${right} of ${n}`, percent(rate), `${percent(low)} to ${percent(high)}`];
}

/** What the report was made with, as names and values. */
export function madeWith({ metric, also = [], records, dataset, training, options, createdAt }: Report | PlanReport): readonly (readonly [string, string])[] {
  const titles = [metric, ...also].map((id) => findMetric(id)?.title ?? id);
  return [
    [titles.length > 1 ? "Metrics" : "Metric", titles.join(", ")], ["Records", String(records.length)], ["Test file", `${dataset.path}, SHA-256 ${dataset.sha256}`], ...(training ? [["Training file", `${training.path}, SHA-256 ${training.sha256}`] as const] : []),
    ["Options", `temperature ${options.temperature}, at most ${options.maximumTokens} tokens, seed ${options.seed ?? "none"}`], ["Made", createdAt],
  ];
}

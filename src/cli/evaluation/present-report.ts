import type { EarlierComparison } from "../../evaluation/compare-reports.ts";
import { judgeReport, type MeasuredMetric } from "../../evaluation/judge-report.ts";
import { findMetric } from "../../evaluation/metrics/index.ts";
import type { Report } from "../../evaluation/report.ts";
import { apartFromMetrics } from "../../evaluation/sections/index.ts";
import type { Section } from "../../evaluation/sections/section.ts";
import type { Accuracy } from "../../evaluation/summary.ts";
import { columns, visible } from "../excerpt.ts";
import { count } from "../summary.ts";

/** What was demanded of an evaluation, and whether it is so. */
export interface Demand {
  readonly met: boolean;
  readonly words: string;
}

/** As many of the lines that were left out are listed. */
const mostRefused = 10;

/** A report for a reader: the verdict, what it rests on, what was left out, and whether what was demanded is so. */
export function reportText(report: Report, demands: readonly Demand[]): string {
  const { dataset, models, metric, also, summary } = report;
  const rows = [["Base", models.base, ...accuracy(summary.base)], ["Tuned", models.tuned, ...accuracy(summary.tuned)]];
  const lines = [
    `${summary.verdict.headline}.`, summary.verdict.words, "",
    ...table(rows), "",
    `Metric: ${findMetric(metric)?.explanation ?? metric}`,
    ...(also ? togetherWith(report) : []),
    ...sectionLines(apartFromMetrics(report)),
    ...refusedLines(dataset),
    ...demandLines(demands),
  ];
  return lines.map((line) => `${visible(line)}\n`).join("");
}

/** What was demanded, and whether it is so. */
export function demandLines(demands: readonly Demand[]): string[] {
  return demands.map(({ met, words }) => `${met ? "✓" : "✗"} ${words}`);
}

/** Parts of a report as lines. */
export function sectionLines(sections: readonly Section[]): string[] {
  return sections.flatMap(({ title, paragraphs, tables }) => ["", `${title}:`, ...paragraphs.map((each) => `  ${each}`), ...tables.flatMap((each) => [...(each.title === undefined ? [] : ["", each.title]), ...table([each.head, ...each.rows])])]).concat("");
}

/** What of the test file was left out, and why. */
export function refusedLines({ path, refused }: Report["dataset"]): string[] {
  if (refused.length === 0) return [];
  return [
    `${count(refused.length, "line")} of ${path} ${refused.length === 1 ? "was" : "were"} left out:`,
    ...refused.slice(0, mostRefused).map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...(refused.length > mostRefused ? [`  and ${refused.length - mostRefused} more, which the report lists`] : []),
  ];
}

/** The same as data; the records are in the report. */
export function reportJson(report: Report, path: string, demands: readonly Demand[], comparison: EarlierComparison | undefined): object {
  const { records: _records, ...head } = report;
  return { report: path, ...head, ...(report.also ? judgeReport(report) : {}), ...(comparison ? { baseline: comparison } : {}), demands, passed: demands.every(({ met }) => met) };
}

/** The metrics that are judged together, and what each shows. */
function togetherWith(report: Report): readonly string[] {
  const { overall, metrics } = judgeReport(report);
  const rows = metrics.map(({ title, base, tuned, outcome }) => [title, number(base), number(tuned), outcome === "cannot-tell" ? "cannot tell" : outcome]);
  return ["", `By all ${metrics.length} metrics: ${overall.headline}. ${overall.words}`, ...table([["", "Base", "Tuned", ""], ...rows]), ...metrics.slice(1).flatMap(reasons), ""];
}

function reasons({ title, words, unsuited, explanation }: MeasuredMetric): readonly string[] {
  const left = unsuited.records === 0 ? "" : ` It is undefined for ${count(unsuited.records, "record")}: ${unsuited.reason}.`;
  return [`${title}: ${words}${left}`, `  ${explanation}`];
}

function number(mean: number): string {
  return Number.isNaN(mean) ? "undefined" : mean.toFixed(3);
}

/** How often a model was right, in cells. */
export function accuracy({ right, n, rate, low, high }: Accuracy): string[] {
  if (n === 0) return ["no record was answered", "", ""];
  return [`${right} of ${n} right`, percent(rate), `(95 % interval ${percent(low)} to ${percent(high)})`];
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

/** Rows of cells as lines, each column as wide as its widest cell. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => columns(row[column] ?? "")))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - columns(cell))).join("  ").trimEnd()}`);
}

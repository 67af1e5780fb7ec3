import type { EarlierComparison } from "../../evaluation/compare-reports.ts";
import { findMetric } from "../../evaluation/metrics/index.ts";
import type { Report } from "../../evaluation/report.ts";
import type { Accuracy } from "../../evaluation/summary.ts";
import { columns, visible } from "../excerpt.ts";
import { count } from "../summary.ts";
import type { Demand } from "./evaluate.ts";

/** As many of the lines that were left out are listed. */
const mostRefused = 10;

/** A report for a reader: the verdict, what it rests on, what was left out, and whether what was demanded is so. */
export function reportText({ dataset, models, metric, summary }: Report, demands: readonly Demand[]): string {
  const rows = [["Base", models.base, ...accuracy(summary.base)], ["Tuned", models.tuned, ...accuracy(summary.tuned)]];
  const lines = [
    `${summary.verdict.headline}.`, summary.verdict.words, "",
    ...table(rows), "",
    `Metric: ${findMetric(metric)?.explanation ?? metric}`,
    ...refusedLines(dataset),
    ...demands.map(({ met, words }) => `${met ? "✓" : "✗"} ${words}`),
  ];
  return lines.map((line) => `${visible(line)}\n`).join("");
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
export function reportJson({ records: _records, ...head }: Report, path: string, demands: readonly Demand[], comparison: EarlierComparison | undefined): object {
  return { report: path, ...head, ...(comparison ? { baseline: comparison } : {}), demands, passed: demands.every(({ met }) => met) };
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

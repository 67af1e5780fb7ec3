import { findMetric } from "./metrics/index.ts";
import type { PlanReport } from "./plan-report.ts";
import type { JudgedOutcome, Report } from "./report.ts";
import { sectionsOf } from "./sections/index.ts";
import type { Section } from "./sections/section.ts";
import type { Accuracy } from "./summary.ts";

/** The forms besides its own in which a report goes out, by how a file's name ends. */
export const exports: Readonly<Record<string, (report: Report | PlanReport) => string>> = { ".md": toMarkdown, ".csv": toCsv, ".jsonl": toJsonLines };

interface Row {
  readonly line: number;
  readonly question: string;
  readonly reference: string;
  readonly outcomes: readonly JudgedOutcome[];
}

/** A document for people: what was found, how each candidate did, and what was left out. Texts of models and files stay texts. */
export function toMarkdown(report: Report | PlanReport): string {
  const words = report.version === 1 ? `**${report.summary.verdict.headline}.** ${plain(report.summary.verdict.words)}` : plain(report.summary.words);
  const accuracies = report.version === 1 ? [report.summary.base, report.summary.tuned] : report.summary.candidates.map(({ accuracy }) => accuracy);
  const { refused, path, sha256 } = report.dataset;
  return [
    `# Evaluation of ${plain(path)}`, "", words, "",
    "| Candidate | Right | Share | 95 % interval |", "|---|---|---|---|",
    ...namesOf(report).map((name, index) => `| ${plain(name)} | ${accuracyCells(accuracies[index]).join(" | ")} |`), "",
    `- Metric: ${plain(findMetric(report.metric)?.title ?? report.metric)}`, `- Records: ${report.records.length}`, `- Test file: ${plain(path)}, SHA-256 \`${sha256}\``, `- Temperature ${report.options.temperature}, at most ${report.options.maximumTokens} tokens, seed ${report.options.seed ?? "none"}`, `- Made: ${report.createdAt}`,
    ...sectionsOf(report).flatMap(toMarkdownSection),
    ...(refused.length === 0 ? [] : ["", `## Left out: ${refused.length}`, "", ...refused.map(({ line, reason }) => `- Line ${line}: ${plain(reason)}`)]), "",
  ].join("\n");
}

function toMarkdownSection({ title, paragraphs, tables }: Section): string[] {
  return ["", `## ${plain(title)}`, ...paragraphs.flatMap((each) => ["", plain(each)]), ...tables.flatMap((table) => [
    "", ...(table.title === undefined ? [] : [plain(table.title), ""]),
    ...[table.head, table.head.map(() => "---"), ...table.rows].map((cells, index) => `| ${cells.map((cell) => (index === 1 ? cell : plain(cell))).join(" | ")} |`),
  ])];
}

/** A table of all answers, a record a line, by RFC 4180. A cell that a spreadsheet would take for a formula has an apostrophe before it. */
export function toCsv(report: Report | PlanReport): string {
  const head = ["line", "question", "reference", ...namesOf(report).flatMap((name) => [`${name}: answer`, `${name}: right`])];
  const rows = rowsOf(report).map(({ line, question, reference, outcomes }) => [String(line), question, reference, ...outcomes.flatMap((outcome) => ("failure" in outcome ? [`no answer: ${outcome.failure}`, ""] : [outcome.text, String(outcome.right)]))]);
  return [head, ...rows].map((cells) => `${cells.map(toCell).join(",")}\r\n`).join("");
}

/** All answers, a record a line, with its prompt whole. */
export function toJsonLines(report: Report | PlanReport): string {
  const names = namesOf(report);
  return report.records.map((record) => {
    const { line, prompt, reference } = record;
    return `${JSON.stringify({ line, prompt, reference, answers: outcomesOf(record).map((outcome, index) => ({ candidate: names[index], ...outcome })) })}\n`;
  }).join("");
}

function namesOf(report: Report | PlanReport): string[] {
  return report.version === 1 ? [report.models.base, report.models.tuned] : report.candidates.map(({ name }) => name);
}

function outcomesOf(record: Report["records"][number] | PlanReport["records"][number]): readonly JudgedOutcome[] {
  return "outcomes" in record ? record.outcomes : [record.base, record.tuned];
}

function rowsOf(report: Report | PlanReport): Row[] {
  return report.records.map((record) => ({ line: record.line, question: record.prompt.at(-1)?.content ?? "", reference: record.reference, outcomes: outcomesOf(record) }));
}

function accuracyCells(accuracy: Accuracy | undefined): string[] {
  if (!accuracy || accuracy.n === 0) return ["no record was answered", "undefined", "undefined"];
  const { right, n, rate, low, high } = accuracy;
  return [`${right} of ${n}`, percent(rate), `${percent(low)} to ${percent(high)}`];
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

/** Source: OWASP, "CSV Injection": these beginnings make a formula. */
function toCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A text that Markdown shows as it is, on one line. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]()#!|<>~&]/g, "\\$&");
}

import { toHtml } from "./html/report-page.ts";
import { perplexityOf } from "./likelihood.ts";
import type { PlanReport } from "./plan-report.ts";
import type { Report } from "./report.ts";
import type { JudgedOutcome } from "./report-schema.ts";
import { toPromptfoo } from "./promptfoo-config.ts";
import { candidateRows, madeWith, namesOf, outcomesOf, verdictOf } from "./report-document.ts";
import { sectionsOf } from "./sections/index.ts";
import type { Reviews } from "./sections/people.ts";
import type { Section, Table } from "./sections/section.ts";

/** Writes a report, with what people said of its answers where the form has a place for it. */
export type Form = (report: Report | PlanReport, reviews?: Reviews) => string;

/** The forms besides its own in which a report goes out, by how a file's name ends. */
const exports: Readonly<Record<string, Form>> = { ".md": toMarkdown, ".html": toHtml, ".csv": toCsv, ".jsonl": toJsonLines, "promptfooconfig.json": toPromptfoo, "promptfooconfig.yaml": toPromptfoo };

interface Row {
  readonly line: number;
  readonly question: string;
  readonly reference: string;
  readonly outcomes: readonly JudgedOutcome[];
}

/** What writes a report in the form that a file's name asks for; undefined where it asks for none. */
export function formOf(name: string): Form | undefined {
  return Object.entries(exports).find(([ending]) => name.toLowerCase().endsWith(ending))?.[1];
}

/** A document for people: what was found, how each candidate did, and what was left out. Texts of models and files stay texts. */
export function toMarkdown(report: Report | PlanReport, reviews?: Reviews): string {
  const { headline, words } = verdictOf(report);
  const { refused, path } = report.dataset;
  return [
    `# Evaluation of ${plain(path)}`, "", `${headline === undefined ? "" : `**${headline}.** `}${plain(words)}`,
    ...toMarkdownTable(candidateRows(report)), "",
    ...madeWith(report).map(([name, value]) => `- ${name}: ${plain(value)}`),
    ...sectionsOf(report, reviews).flatMap(toMarkdownSection),
    ...(refused.length === 0 ? [] : ["", `## Left out: ${refused.length}`, "", ...refused.map(({ line, reason }) => `- Line ${line}: ${plain(reason)}`)]), "",
  ].join("\n");
}

function toMarkdownSection({ title, paragraphs, tables }: Section): string[] {
  return ["", `## ${plain(title)}`, ...paragraphs.flatMap((each) => ["", plain(each)]), ...tables.flatMap(toMarkdownTable)];
}

function toMarkdownTable({ title, head, rows }: Table): string[] {
  const cells = (row: readonly string[]): string => `| ${row.map(plain).join(" | ")} |`;
  return ["", ...(title === undefined ? [] : [plain(title), ""]), cells(head), `|${"---|".repeat(head.length)}`, ...rows.map(cells)];
}

/** A table of all answers, a record a line, by RFC 4180. A cell that a spreadsheet would take for a formula has an apostrophe before it. */
export function toCsv(report: Report | PlanReport): string {
  const scored = report.records.some((record) => outcomesOf(record).some((outcome) => "likelihood" in outcome));
  const head = ["line", "question", "reference", ...namesOf(report).flatMap((name) => [`${name}: answer`, `${name}: right`, ...(scored ? [`${name}: perplexity of the reference`] : [])])];
  const rows = rowsOf(report).map(({ line, question, reference, outcomes }) => [String(line), question, reference, ...outcomes.flatMap((outcome) => ("failure" in outcome ? [`no answer: ${outcome.failure}`, ...(scored ? ["", ""] : [""])] : [outcome.text, String(outcome.right), ...(scored ? [perplexityCell(outcome)] : [])]))]);
  return [head, ...rows].map((cells) => `${cells.map(toCell).join(",")}\r\n`).join("");
}

function perplexityCell({ likelihood }: Extract<JudgedOutcome, { text: string }>): string {
  return likelihood && "logprob" in likelihood ? String(perplexityOf(likelihood)) : "";
}

/** All answers, a record a line, with its prompt whole. */
export function toJsonLines(report: Report | PlanReport): string {
  const names = namesOf(report);
  return report.records.map((record) => {
    const { line, prompt, reference } = record;
    return `${JSON.stringify({ line, prompt, reference, answers: outcomesOf(record).map((outcome, index) => ({ candidate: names[index], ...outcome })) })}\n`;
  }).join("");
}

function rowsOf(report: Report | PlanReport): Row[] {
  return report.records.map((record) => ({ line: record.line, question: record.prompt.at(-1)?.content ?? "", reference: record.reference, outcomes: outcomesOf(record) }));
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

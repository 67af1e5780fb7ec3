import type { Finding, Fix, Severity } from "./finding.ts";
import { fingerprint } from "./fingerprint.ts";
import { formatTitle, type FormatId } from "./formats/index.ts";
import { properties } from "./json-node.ts";
import { provenClean } from "./proven-clean.ts";
import { readRecord, type DatasetRecord } from "./record.ts";
import { datasetRules, recordRules } from "./rules/index.ts";
import type { DatasetProblem, LineSummary, Problem, Repair } from "./rules/rule.ts";
import type { Line, Source } from "./source.ts";
import type { Target } from "./targets/target.ts";
import { comparePositions, rangeOnLine } from "./text.ts";

/** What a dataset was found to be. Findings stand in the order of the text. */
export interface LintResult {
  readonly format: FormatId | undefined;
  readonly formatTitle: string | undefined;
  /** Lines that are not blank. */
  readonly records: number;
  /** How many lines the record rules ran on; the findings of all others were kept from the run before. */
  readonly linted: number;
  readonly findings: readonly Finding[];
}

/** Keeps what the record rules found, by the line's text, from one run to the next: after a keystroke one record is looked at again. */
export interface Linter {
  lint(source: Source): LintResult;
}

export interface LineAnalysis {
  readonly problems: readonly { readonly rule: string; readonly severity: Severity; readonly problem: Problem }[];
  readonly summary: Pick<LineSummary, "length" | "kind" | "format" | "fingerprint" | "keys">;
}

/** A linter for one target. It throws nothing of its own: whatever a dataset holds, it is findings. */
export function createLinter(target: Target): Linter {
  let kept = new Map<string, LineAnalysis>();
  return {
    lint(source) {
      const seen = new Map<string, LineAnalysis>();
      let linted = 0;
      const analyse = (text: string): LineAnalysis => {
        let analysis = seen.get(text) ?? kept.get(text);
        if (!analysis) {
          analysis = analyseLine(text, target);
          linted++;
        }
        seen.set(text, analysis);
        return analysis;
      };
      const result = lintLines(source, target, analyse);
      kept = seen;
      return { ...result, linted };
    },
  };
}

/**
 * Lints a source of any length once: nothing is kept of a line but its findings.
 * `createLinter` gives the same findings and is the one for a text that changes.
 */
export function lintOnce(source: Source, target: Target): LintResult {
  let linted = 0;
  const result = lintLines(source, target, (text) => {
    linted++;
    return analyseLine(text, target);
  });
  return { ...result, linted };
}

function lintLines(source: Source, target: Target, analyse: (text: string) => LineAnalysis): Omit<LintResult, "linted"> {
  const folds = datasetRules.map((rule) => ({ rule, fold: rule.begin({ target, encoding: source.encoding, byteOrderMark: source.byteOrderMark }) }));
  const findings: Finding[] = [];
  let format: FormatId | undefined;
  let records = 0;
  let number = 0;
  for (const line of source.lines) {
    const { problems, summary } = analyse(line.text);
    for (const { rule, severity, problem } of problems) findings.push(toFinding(rule, severity, { ...problem, line: number }, line));
    const lineSummary: LineSummary = { ...summary, line: number, malformed: line.malformed ?? [] };
    for (const { rule, fold } of folds) for (const problem of fold.add(lineSummary)) findings.push(toFinding(rule.id, rule.severity, problem, line));
    format ??= summary.format;
    if (summary.kind !== "blank") records++;
    number++;
  }
  for (const { rule, fold } of folds) for (const problem of fold.finish()) findings.push(toFinding(rule.id, rule.severity, problem, undefined));
  findings.sort((a, b) => comparePositions(a.range.start, b.range.start));
  return { format, formatTitle: format && formatTitle(format), records, findings };
}

function analyseLine(text: string, target: Target): LineAnalysis {
  if (text.trim() === "") return { problems: [], summary: { length: text.length, kind: "blank", format: undefined, fingerprint: undefined, keys: [] } };
  const written = provenClean(text, target);
  if (written !== undefined) return { problems: [], summary: { length: text.length, kind: "object", format: "chat", fingerprint: fingerprint(written), keys: [] } };
  return analyseRecord(text, target);
}

/** What the record rules find in a line that is not blank, whatever has been proven of it. */
export function analyseRecord(text: string, target: Target): LineAnalysis {
  const record = readRecord(text);
  const problems = recordRules.flatMap((rule) => Array.from(rule.check(record, target), (problem) => ({ rule: rule.id, severity: problem.severity ?? rule.severity, problem })));
  return { problems, summary: summarise(record) };
}

function summarise({ text, tree, format }: DatasetRecord): LineAnalysis["summary"] {
  const length = text.length;
  if (!tree) return { length, kind: "broken", format, fingerprint: undefined, keys: [] };
  if (tree.type !== "object") return { length, kind: "value", format, fingerprint: undefined, keys: [] };
  const keys = format ? [] : properties(tree).slice(0, 5).map(({ name }) => JSON.stringify(name.length > 30 ? `${name.slice(0, 30)}…` : name));
  return { length, kind: "object", format, fingerprint: fingerprint(JSON.stringify(JSON.parse(text))), keys };
}

function toFinding(rule: string, severity: Severity, problem: DatasetProblem, line: Line | undefined): Finding {
  return {
    rule, severity,
    range: rangeOnLine(problem.line, problem.start, problem.end),
    message: problem.message,
    fixes: (problem.fixes ?? []).map((repair) => toFix(repair, problem.line, line)),
  };
}

function toFix({ title, safe, edits = [], removesLine, encoding }: Repair, number: number, line: Line | undefined): Fix {
  if (encoding) return { title, safe, edits: [], encoding };
  if (!removesLine) return { title, safe, edits: edits.map(({ start, end, text }) => ({ range: rangeOnLine(number, start, end), text })) };
  const start = { line: number, character: 0 };
  // The last line has no break to take along; what is left then is the break before it, as in any text that ends in one.
  const end = line?.lineBreak ? { line: number + 1, character: 0 } : { line: number, character: line?.text.length ?? 0 };
  return { title, safe, edits: [{ range: { start, end }, text: "" }] };
}

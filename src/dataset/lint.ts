import type { FileFacts, Finding, Fix, Severity } from "./finding.ts";
import { createFindingSink, type FindingSink, type Found, type SinkOptions } from "./finding-sink.ts";
import { findFormat, formatTitle, type FormatId } from "./formats/index.ts";
import { properties } from "./json-node.ts";
import { locate } from "./locate.ts";
import type { CreateTable } from "./number-table.ts";
import { provenClean } from "./proven-clean.ts";
import type { RecordAnalysis } from "./record-analysis.ts";
import { recordFingerprint } from "./record-fingerprint.ts";
import { collectPlaces } from "./record-places.ts";
import { readRecord, type DatasetRecord } from "./record.ts";
import { datasetRules, recordRules } from "./rules/index.ts";
import { misspeltKey } from "./rules/misspelt-key.ts";
import { multiLineRecord } from "./rules/multi-line-record.ts";
import type { DatasetRule, FileEnd, LaterProblem, Problem, RecordSummary, Repair, Suspicion } from "./rules/rule.ts";
import { defaultSettings, type RuleSettings } from "./rule-settings.ts";
import type { FileInSearch } from "./similarity/leaks.ts";
import { likenessOf, shinglesOfRecord, type Likeness } from "./similarity/likeness.ts";
import type { Reread } from "./similarity/near-pairs.ts";
import type { Line, Source } from "./source.ts";
import type { Target } from "./targets/target.ts";
import { rangeOnLine } from "./text.ts";
import { answerTraits, questionTraits, toTraits, traitsOf } from "./traits.ts";
import { unitsOf, type Unit } from "./units.ts";

/** What a dataset was found to be. */
export interface LintResult extends Found {
  readonly format: FormatId | undefined;
  readonly formatTitle: string | undefined;
  /** Records that are not blank. */
  readonly records: number;
  /** How many records the record rules ran on; the findings of all others were kept from the run before. */
  readonly linted: number;
}

export interface LintOptions extends SinkOptions {
  /** Leaves out the rules that compare texts of records with one another, or search every text; duplicates are found all the same. */
  readonly quick?: boolean;
  readonly settings?: RuleSettings | undefined;
  /** Leaves out the rules that ask for the likeness of records, as a quick run does. */
  readonly withoutLikeness?: boolean;
  /** Leaves out the rules that are slow. */
  readonly withoutSlow?: boolean;
  /** Is told what the rules that are slow find. */
  readonly slowFound?: ((problem: LaterProblem, rule: DatasetRule) => void) | undefined;
  /** Begins to compare the file with others that are linted before and after it. */
  readonly leaks?: (() => FileInSearch) | undefined;
  /** Makes what rules keep numbers of each record in; in memory where it is left out. */
  readonly createTable?: CreateTable | undefined;
}

/** How records are analysed. */
export type AnalysisOptions = Pick<LintOptions, "quick" | "settings" | "withoutLikeness">;

/**
 * Lints a source of any length once: nothing is kept of a record but its findings. `createIncrementalLinter` gives the same findings and is the one for
 * a text that changes. It throws nothing of its own: whatever a dataset holds, it is findings.
 */
export function lintOnce(source: Source, target: Target, options: LintOptions = {}): LintResult {
  const { encoding, byteOrderMark, byteLength } = source;
  const fold = foldRecords({ target, encoding, byteOrderMark, ...(byteLength === undefined ? {} : { byteLength }) }, options);
  const { units, layout } = unitsOf(source);
  let linted = 0;
  for (const unit of units) {
    linted++;
    const analysis = analyseText(unit.text, target, options);
    for (const finding of findingsOf(unit, analysis)) fold.sink.add(finding);
    fold.add(unit, summaryOf(unit, analysis));
  }
  return { ...fold.finish({ layout: layout(), reread: source.again && rereading(source.again) }), linted };
}

/** Reads records anew out of the lines that they were read from. */
export function rereading(again: () => Iterable<Line>, shingles: (text: string) => Int32Array = shinglesOfRecord): Reread {
  return ({ records }, take, read = shingles) => {
    let place = 0;
    let number = 0;
    if (records.length > 0) for (const { text } of unitsOf({ lines: again() }).units) {
      if (number++ !== records[place]) continue;
      take(place++, read(text));
      if (place === records.length) return;
    }
  };
}

/** Folds the dataset rules over the records of a file, in the order of the text. */
export interface RecordFold {
  /** Where what the record rules find is put. */
  readonly sink: FindingSink;
  readonly add: (unit: PlacedUnit, summary: RecordSummary) => void;
  /** Tells the fingerprints of records that are added next, as pairs of halves; for speed alone. */
  expect(fingerprints: Int32Array): void;
  finish(end: Omit<FileEnd, "places">): Omit<LintResult, "linted">;
}

/** As much of a unit as findings of dataset rules need: of one on a line of its own its text is not looked at. */
export type PlacedUnit = Pick<Unit, "text" | "line" | "start" | "lines" | "lineBreak" | "element">;

export function foldRecords(file: FileFacts & { readonly target: Target }, { quick = false, withoutLikeness = false, withoutSlow = false, slowFound, settings = defaultSettings, leaks, createTable, ...options }: LintOptions): RecordFold {
  const sink = createFindingSink(options);
  let inSearch: FileInSearch | undefined;
  const search = leaks && (() => (inSearch ??= leaks()));
  const folds = datasetRules.filter(({ comparesTexts, needsLikeness, isSlow }) => !(quick && comparesTexts) && !(withoutLikeness && needsLikeness) && !(withoutSlow && isSlow)).map((rule) => ({ rule, fold: rule.begin({ ...file, settings, leaks: search, createTable }) }));
  const places = collectPlaces(createTable);
  let format: FormatId | undefined;
  let records = 0;
  return {
    sink,
    add(unit, summary) {
      places.add(unit, summary);
      for (const { rule, fold } of folds) {
        const problems = fold.add(summary);
        if (problems.length > 0) for (const problem of problems) sink.add(toFinding(rule.id, problem.severity ?? rule.severity, problem, unit, summary.length));
      }
      format ??= summary.format;
      if (summary.kind !== "blank") records++;
    },
    expect(fingerprints) {
      for (const { fold } of folds) fold.expect?.(fingerprints);
    },
    finish(end) {
      const known = { ...end, places: places.finish() };
      for (const { rule, fold } of folds) {
        for (const problem of fold.finish(known)) {
          sink.add(laterFinding(rule, problem), problem.more);
          if (rule.isSlow) slowFound?.(problem, rule);
        }
      }
      return { format, formatTitle: format && formatTitle(format), records, ...sink.finish() };
    },
  };
}

/** What the record rules found, at its place in the file. */
export function* findingsOf(unit: Unit, { problems }: RecordAnalysis): Generator<Finding> {
  for (const { rule, severity, problem } of problems) {
    // Of an array, however its elements are written, `json-array` tells once.
    if (unit.element && rule === multiLineRecord.id) continue;
    // Of bytes that are no UTF-8 `not-utf-8` tells, and not of what is shown for them.
    if (!unit.malformed.includes(problem.start)) yield toFinding(rule, severity, problem, unit, unit.text.length);
  }
}

/** What the dataset rules see of a record. Written out, because an object that is made by spreading another has a shape of its own in V8, and is then read a hundred times slower. */
export function summaryOf({ line, lines, element, malformed, lineBreak }: Omit<Unit, "text" | "start">, { summary: { length, kind, format, fingerprint, keys, traits, likeness } }: RecordAnalysis): RecordSummary {
  return { line, lines, element, length, kind, format, fingerprint, keys, malformed, lineBreak, traits, likeness };
}

/** The markers of all rules. */
export const markers = [...new Set(recordRules.flatMap((rule) => rule.markers ?? []))];

/** One list for all that have none: they are kept for each record of a text that is edited. */
const none: readonly never[] = [];

const searches = recordRules.flatMap((rule) => rule.search ?? []);

/** The signs of all searches. */
export const signs = [...new Set(searches.flatMap((search) => search.signs))];

/** Whether a search finds something in a line that is proven clean but for what is searched. */
export function isSuspect(line: string, suspicion: Suspicion = { signs: true, numbers: true }): boolean {
  const suspecting = searches.filter(({ of, suspects }) => suspicion[of] && suspects(line));
  if (suspecting.length === 0) return false;
  const { messages } = JSON.parse(line) as { readonly messages: readonly { readonly content: string }[] };
  return suspecting.some(({ finds }) => messages.some(({ content }) => finds(content)));
}

/** What is known of a text, by the shortest way. */
export function analyseText(text: string, target: Target, options: AnalysisOptions = {}): RecordAnalysis {
  if (text.trim() === "") return { problems: none, summary: { length: text.length, kind: "blank", format: undefined, fingerprint: undefined, keys: none, traits: undefined, likeness: undefined } };
  const proven = provenClean(text, target, markers);
  if (!proven || (options.quick !== true && isSuspect(text))) return analyseRecord(text, target, options);
  const traits = toTraits(answerTraits(proven.answer), { questionHash: questionTraits(proven.question).questionHash, reasons: proven.reasons, media: undefined, furtherKeys: none, grader: undefined });
  return { problems: none, summary: { length: text.length, kind: "object", format: "chat", fingerprint: proven.fingerprint, keys: none, traits, likeness: likenessIn(text, options) } };
}

/** What the record rules find in a text that is not blank, whatever has been proven of it. */
export function analyseRecord(text: string, target: Target, { quick = false, settings = defaultSettings, withoutLikeness = false }: AnalysisOptions = {}): RecordAnalysis {
  const record = readRecord(text, target);
  const problems: RecordAnalysis["problems"][number][] = [];
  for (const rule of recordRules) {
    if (rule.search && (quick || !rule.search.suspects(text))) continue;
    for (const problem of rule.check(record, target, settings)) problems.push({ rule: rule.id, severity: problem.severity ?? rule.severity, problem });
  }
  const read = summarise(record);
  const summary = { ...read, likeness: read.kind === "object" ? likenessIn(text, { quick, settings, withoutLikeness }) : undefined };
  // Of a record that no format recognises for its misspelt keys, these alone tell, and not that its format is unknown.
  const misspelt = !record.format && problems.some(({ rule }) => rule === misspeltKey.id);
  return { problems, summary: misspelt ? { ...summary, kind: "broken" } : summary };
}

/** The likeness of a record that is an object, lent until the next one, if it is wanted. */
export function likenessIn(text: string, { quick = false, withoutLikeness = false, settings = defaultSettings }: AnalysisOptions): Likeness | undefined {
  return quick || withoutLikeness ? undefined : likenessOf(text, settings.similarity);
}

function summarise(record: DatasetRecord): Omit<RecordAnalysis["summary"], "likeness"> {
  const { text, tree, format } = record;
  const { length } = text;
  const rest = { length, format, fingerprint: undefined, keys: [], traits: undefined };
  if (!tree) return { ...rest, kind: "broken" };
  if (tree.type !== "object") return { ...rest, kind: "value" };
  const keys = format ? [] : properties(tree).slice(0, 5).map(({ name }) => JSON.stringify(name.length > 30 ? `${name.slice(0, 30)}…` : name));
  return { ...rest, kind: "object", keys, fingerprint: recordFingerprint(JSON.parse(text)), traits: format && traitsOf(record, findFormat(format).keys) };
}

function toFinding(rule: string, severity: Severity, { start, end, message, fixes = [], related }: Problem, unit: PlacedUnit, length: number): Finding {
  return { rule, severity, range: { start: locate(unit, start), end: locate(unit, end) }, message, fixes: fixes.flatMap((repair) => toFix(repair, unit, length)), ...(related ? { related } : {}) };
}

/** What a dataset rule found once the file had been read, at its place in the file. */
export function laterFinding({ id: rule, severity: usual }: DatasetRule, { line, start, end, message, fixes = [], related, severity = usual }: LaterProblem): Finding {
  const toLaterFix = ({ title, safe, rewrites, removesRecord }: Repair): readonly Fix[] => {
    if (rewrites) return [{ title, safe, edits: [], rewrites }];
    // What is told later of one line has lines behind it.
    return removesRecord ? [{ title, safe, edits: [{ range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, text: "" }] }] : [];
  };
  return { rule, severity, range: rangeOnLine(line, start, end), message, fixes: fixes.flatMap(toLaterFix), ...(related ? { related } : {}) };
}

function toFix({ title, safe, edits = [], removesRecord, rewrites }: Repair, unit: PlacedUnit, length: number): readonly Fix[] {
  if (rewrites) return [{ title, safe, edits: [], rewrites }];
  // In an array a line break parts no records.
  if (unit.element && edits.some(({ text }) => text.includes("\n"))) return [];
  if (!removesRecord) return [{ title, safe, edits: edits.map(({ start, end, text }) => ({ range: { start: locate(unit, start), end: locate(unit, end) }, text })) }];
  // An element leaves a comma behind, which only a person can tell from the one that has to stay.
  if (unit.element) return [];
  const start = { line: unit.line, character: 0 };
  // The last line has no break to take along; what is left then is the break before it, as in any text that ends in one.
  const end = unit.lineBreak === "" ? locate(unit, length) : { line: unit.line + unit.lines, character: 0 };
  return [{ title, safe, edits: [{ range: { start, end }, text: "" }] }];
}

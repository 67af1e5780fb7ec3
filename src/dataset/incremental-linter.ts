import type { FileFacts, Finding } from "./finding.ts";
import { analysesOf, isArray, readElements, readRecords, toLine, type Analyse, type Elements, type LintedLine, type Mutable } from "./known-records.ts";
import { analyseText, findingsOf, foldRecords, laterFinding, rereading, type LintOptions, type LintResult } from "./lint.ts";
import type { RecordAnalysis } from "./record-analysis.ts";
import { datasetRules } from "./rules/index.ts";
import { defaultSettings, type RuleSettings } from "./rule-settings.ts";
import type { DatasetRule, LaterProblem, RecordSummary } from "./rules/rule.ts";
import { withSeverities, type Severities } from "./severities.ts";
import { likenessOf, shinglesOfRecord } from "./similarity/likeness.ts";
import type { Target } from "./targets/target.ts";
import { comparePositions } from "./text.ts";
import { createTextLines, type TextLines } from "./text-lines.ts";

/**
 * A linter of a text that is edited, for one target. It gives what `lintOnce` gives for the text as it is, and runs the record rules only on records
 * that an edit has changed; the dataset rules fold anew over summaries. Beside the text it holds what was found in each record.
 */
export interface IncrementalLinter {
  readonly target: Target;
  /** Puts `text` in the place of `length` UTF-16 units from `offset` on. */
  replace(offset: number, length: number, text: string): void;
  text(): string;
  lint(facts: FileFacts, options?: IncrementalLintOptions): LintResult;
  /** All findings that have a character on the lines from `first` to `last`, in the order of the text, as `severities` want them. */
  findingsOn(facts: FileFacts, first: number, last: number, severities?: Severities): readonly Finding[];
  /**
   * Learns of so many more records what `lint` compares, and tells whether there may be more of them. It takes long for all of a large text, so that a run
   * `withoutLikeness` comes first.
   */
  learn(count: number): boolean;
  /** A linter of the same text that knows what this one knows, and is edited on its own. */
  fork(): IncrementalLinter;
}

export interface IncrementalLintOptions extends Omit<LintOptions, "settings" | "withoutSlow" | "slowFound"> {
  /** Gives of the rules that are slow what they found last in records that have not changed since. They look all the same in an array, and where there are more or fewer lines: their words name lines. */
  readonly slowAsBefore?: boolean;
}

interface SlowProblem {
  readonly rule: DatasetRule;
  readonly problem: LaterProblem;
}

/** A linter of a text of which nothing is known yet. */
export function createIncrementalLinter(text: string, target: Target, settings?: RuleSettings): IncrementalLinter {
  return linterOf(createTextLines(text, toLine), target, settings, undefined);
}

function linterOf(text: TextLines<LintedLine>, target: Target, settings: RuleSettings | undefined, known: Elements | undefined): IncrementalLinter {
  let elements = known;
  let shingles = new Map<string, Int32Array>();
  let withoutLikeness = false;
  /** What slow rules found in how many lines, by what is known of the record: of one that changes, something else is known. */
  let slow: { readonly lines: number; readonly found: Map<RecordAnalysis, SlowProblem[]> } | undefined;
  /** 1 for each line on which a finding of a dataset rule begins; undefined where the text has not been linted as it is. */
  let marked: Uint8Array | undefined;

  function lint({ encoding, byteOrderMark, byteLength }: FileFacts, { slowAsBefore = false, ...options }: IncrementalLintOptions = {}): LintResult {
    const lines = text.all();
    const seen = isArray(lines) ? new Map<string, RecordAnalysis>() : undefined;
    // Elements of an array share what is known of them, so that nothing is kept of each.
    const withoutSlow = slowAsBefore && !seen && slow?.lines === lines.length;
    if (!withoutSlow) slow = { lines: lines.length, found: new Map() };
    withoutLikeness = options.withoutLikeness === true;
    let linted = 0;
    const analyse: Analyse = (own) => {
      linted++;
      return analyseText(own, target, { settings, withoutLikeness: true });
    };
    const { units, layout } = seen ? readElements(lines, elements ?? analysesOf(lines), seen, analyse) : readRecords(lines, analyse);
    const fold = foldRecords({ target, encoding, byteOrderMark, ...(byteLength === undefined ? {} : { byteLength }) }, { ...options, settings, flags: true, withoutSlow, slowFound: (problem, rule) => keepSlow(lines[problem.line], { rule, problem }) });
    const formerShingles = shingles;
    // What is compared no more is forgotten where all is compared.
    if (!withoutSlow) shingles = new Map();
    for (const unit of units) {
      if (!withoutLikeness && options.quick !== true) learn(unit);
      if (unit.analysis.problems.length > 0) for (const finding of findingsOf(unit, unit.analysis)) fold.sink.add(finding);
      fold.add(unit, unit.summary);
      if (withoutSlow) for (const { rule, problem } of slow?.found.get(unit.analysis) ?? []) fold.sink.add(laterFinding(rule, { ...problem, line: unit.line }), problem.more);
    }
    const { flagged, ...found } = fold.finish({ layout: layout(), reread: rereading(() => lines, shinglesKnown(formerShingles)) });
    elements = seen;
    marked = new Uint8Array(lines.length + 1);
    if (flagged) for (const [index, line] of flagged.lines.entries()) if (datasetRuleIds.has(found.tallies[flagged.tallies[index] ?? 0]?.rule ?? "")) marked[line] = 1;
    return { ...found, ...(options.flags && flagged ? { flagged } : {}), linted };
  }

  function keepSlow({ analysis }: Partial<LintedLine> = {}, found: SlowProblem): void {
    if (analysis) slow?.found.set(analysis, [...(slow.found.get(analysis) ?? []), found]);
  }

  /** What `similarity` compares of records, kept for those that are compared again and again. */
  function shinglesKnown(former: typeof shingles): (text: string) => Int32Array {
    return (text) => {
      const own = shingles.get(text) ?? former.get(text) ?? shinglesOfRecord(text);
      shingles.set(text, own);
      return own;
    };
  }

  /** Gives a record its likeness, once; whether it had none before. */
  function learn({ analysis, summary, text }: { readonly analysis: RecordAnalysis; readonly summary: Mutable<Pick<RecordSummary, "likeness">>; readonly text: string }): boolean {
    const known = analysis.summary as Mutable<RecordAnalysis["summary"]>;
    const isNew = known.kind === "object" && known.likeness === undefined;
    if (isNew) known.likeness = likenessOf(text, (settings ?? defaultSettings).similarity)?.slice();
    summary.likeness = known.likeness;
    return isNew && known.likeness !== undefined;
  }

  /** What the record rules found on some lines; undefined where a dataset rule found something there too, which needs all records. */
  function recordFindingsOn(first: number, last: number): readonly Finding[] | undefined {
    if (!marked || elements || marked.subarray(first, last + 1).includes(1)) return undefined;
    const found: Finding[] = [];
    for (const unit of readRecords(text.all(), (own) => analyseText(own, target, { settings, withoutLikeness: true })).units) {
      if (unit.line > last) break;
      if (unit.line + unit.lines <= first) continue;
      if (marked[unit.line] === 1) return undefined;
      found.push(...findingsOf(unit, unit.analysis));
    }
    return found.sort((a, b) => comparePositions(a.range.start, b.range.start));
  }

  return {
    target,
    lint,
    text: () => text.text(),
    replace(offset, length, replacement) {
      text.replace(offset, length, replacement);
      marked = undefined;
    },
    findingsOn(facts, first, last, severities) {
      const found = recordFindingsOn(first, last) ?? lint(facts, { withoutLikeness, slowAsBefore: true }).findings;
      return withSeverities(found.filter(({ range }) => range.start.line <= last && range.end.line >= first), severities);
    },
    learn(count) {
      let left = count;
      if (elements) for (const [own, analysis] of elements) {
        if (learn({ analysis, summary: { likeness: undefined }, text: own }) && --left === 0) return true;
      } else for (const unit of readRecords(text.all(), (own) => analyseText(own, target, { settings, withoutLikeness: true })).units) {
        if (learn(unit) && --left === 0) return true;
      }
      return false;
    },
    fork: () => linterOf(text.fork(), target, settings, elements),
  };
}

const datasetRuleIds = new Set(datasetRules.map(({ id }) => id));

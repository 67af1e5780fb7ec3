import type { FileFacts, Finding } from "./finding.ts";
import { analyseText, findingsOf, foldRecords, laterFinding, rereading, summaryOf, type LintOptions, type LintResult } from "./lint.ts";
import type { RecordAnalysis } from "./record-analysis.ts";
import { datasetRules } from "./rules/index.ts";
import { defaultSettings, type RuleSettings } from "./rule-settings.ts";
import type { DatasetRule, LaterProblem, RecordSummary } from "./rules/rule.ts";
import { withSeverities, type Severities } from "./severities.ts";
import { likenessOf, shinglesOfRecord } from "./similarity/likeness.ts";
import type { Line } from "./source.ts";
import type { Target } from "./targets/target.ts";
import { comparePositions } from "./text.ts";
import { createTextLines, type TextLines } from "./text-lines.ts";
import { opensArray, opensRecord, readGroup, unitsOf, type LineReader, type Unit, type Units } from "./units.ts";

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
  /** Gives of the rules that are slow what the last run without this found in records that have not changed since, where they are now. */
  readonly slowAsBefore?: boolean;
}

/** A line, with what is known of its text. */
interface LintedLine extends Line {
  readonly opensRecord: boolean;
  /** What was found in the record that begins here. */
  analysis: PlacedAnalysis | undefined;
  /** Where the line opens a record, what was read behind it. */
  group: Group | undefined;
}

/** What was read behind a line that opens a record: the record is the same as long as just these lines follow. */
interface Group {
  /** Undefined where too much was read to be kept, and no record found. */
  readonly following: readonly LintedLine[] | undefined;
  /** Whether the text ended behind them. */
  readonly endsText: boolean;
  /** How many lines the record takes, the one that opens it included. */
  readonly lines: number;
}

/** A unit of which is known what the record rules find in it, and what the dataset rules see of it. */
interface KnownUnit extends Unit {
  readonly analysis: RecordAnalysis;
  readonly summary: RecordSummary;
}

interface KnownUnits extends Pick<Units, "layout"> {
  readonly units: Iterable<KnownUnit>;
}

type Analyse = (text: string) => RecordAnalysis;
/** What was found in the elements of a text that is an array, by their text. */
type Elements = ReadonlyMap<string, RecordAnalysis>;

/** What was found in a record, and what the dataset rules see of it where it stands now: every run needs that of all records. */
interface PlacedAnalysis extends RecordAnalysis {
  readonly summary: Mutable<RecordSummary>;
}

interface SlowProblem {
  readonly rule: DatasetRule;
  readonly problem: LaterProblem;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A linter of a text of which nothing is known yet. */
export function createIncrementalLinter(text: string, target: Target, settings?: RuleSettings): IncrementalLinter {
  return linterOf(createTextLines(text, toLine), target, settings, undefined);
}

function linterOf(text: TextLines<LintedLine>, target: Target, settings: RuleSettings | undefined, known: Elements | undefined): IncrementalLinter {
  let elements = known;
  let shingles = new Map<string, Int32Array>();
  let withoutLikeness = false;
  /** What slow rules found, by what is known of the record: of one that changes, something else is known. Undefined before they have looked. */
  let slow: WeakMap<RecordAnalysis, SlowProblem[]> | undefined;
  /** 1 for each line on which a finding of a dataset rule begins; undefined where the text has not been linted as it is. */
  let marked: Uint8Array | undefined;

  function lint({ encoding, byteOrderMark, byteLength }: FileFacts, { slowAsBefore = false, ...options }: IncrementalLintOptions = {}): LintResult {
    const lines = text.all();
    if (!slowAsBefore) slow = new WeakMap();
    withoutLikeness = options.withoutLikeness === true;
    let linted = 0;
    const analyse: Analyse = (own) => {
      linted++;
      return analyseText(own, target, { settings, withoutLikeness: true });
    };
    const seen = isArray(lines) ? new Map<string, RecordAnalysis>() : undefined;
    const { units, layout } = seen ? readElements(lines, elements ?? analysesOf(lines), seen, analyse) : readRecords(lines, analyse);
    const fold = foldRecords({ target, encoding, byteOrderMark, ...(byteLength === undefined ? {} : { byteLength }) }, { ...options, settings, flags: true, withoutSlow: slowAsBefore, slowFound: keepSlow });
    const formerShingles = shingles;
    shingles = new Map();
    for (const unit of units) {
      if (!withoutLikeness && options.quick !== true) learn(unit);
      if (unit.analysis.problems.length > 0) for (const finding of findingsOf(unit, unit.analysis)) fold.sink.add(finding);
      fold.add(unit, unit.summary);
      if (slowAsBefore) for (const { rule, problem } of slow?.get(unit.analysis) ?? []) fold.sink.add(laterFinding(rule, { ...problem, line: unit.line }), problem.more);
    }
    const { flagged, ...found } = fold.finish({ layout: layout(), reread: rereading(() => lines, shinglesKnown(formerShingles)) });
    elements = seen;
    marked = new Uint8Array(lines.length + 1);
    if (flagged) for (const [index, line] of flagged.lines.entries()) if (datasetRuleIds.has(found.tallies[flagged.tallies[index] ?? 0]?.rule ?? "")) marked[line] = 1;
    return { ...found, ...(options.flags && flagged ? { flagged } : {}), linted };
  }

  /** Of the elements of an array nothing is kept: they share their lines. */
  function keepSlow(problem: LaterProblem, rule: DatasetRule): void {
    const analysis = text.all()[problem.line]?.analysis;
    if (analysis) slow?.set(analysis, [...(slow.get(analysis) ?? []), { rule, problem }]);
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
      const found = recordFindingsOn(first, last) ?? lint(facts, { withoutLikeness, slowAsBefore: slow !== undefined }).findings;
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

const none: readonly number[] = [];
/** More lines than this behind one that opens no record are not kept: they could be all lines of the text, for each of its lines. */
const mostLookedAt = 1000;
const datasetRuleIds = new Set(datasetRules.map(({ id }) => id));

function toLine({ text, lineBreak }: Line, former: LintedLine | undefined): LintedLine {
  // What was found in a record that goes on behind its first line, counts breaks that may be others now.
  const same = former?.group === undefined || former.group.lines === 1 ? former : undefined;
  const analysis = same?.analysis && place(same.analysis, { ...same.analysis.summary, lineBreak });
  return { text, lineBreak, opensRecord: former?.opensRecord ?? opensRecord(text), analysis, group: same?.group };
}

function isArray(lines: readonly Line[]): boolean {
  const first = lines.find(({ text }) => text.trim() !== "");
  return first !== undefined && opensArray(first.text);
}

function place(analysis: RecordAnalysis, unit: Parameters<typeof summaryOf>[0]): PlacedAnalysis {
  return { problems: analysis.problems, summary: summaryOf(unit, analysis) };
}

/** The units of lines that are no array, as `unitsOf` reads them. */
function readRecords(lines: readonly LintedLine[], analyse: Analyse): KnownUnits {
  function* read(): Generator<KnownUnit> {
    /** Lent for a moment: there are hundreds of thousands of them, and nobody keeps one. */
    let single: Mutable<KnownUnit> | undefined;
    for (let line = 0; line < lines.length; ) {
      const first = lines[line] as LintedLine;
      const group = first.opensRecord ? groupAt(lines, line) : undefined;
      if (!group || group.lines === 1) {
        const { text, lineBreak } = first;
        const analysis = (first.analysis ??= place(analyse(text), { line, lines: 1, lineBreak, malformed: none, element: false }));
        const { summary } = analysis;
        summary.line = line;
        single ??= { text, line, start: 0, lines: 1, lineBreak, malformed: none, element: false, analysis, summary };
        single.text = text;
        single.line = line;
        single.lineBreak = lineBreak;
        single.analysis = analysis;
        single.summary = summary;
        yield single;
        line++;
      } else {
        const own = lines.slice(line, line + group.lines);
        const placed = { line, lines: own.length, lineBreak: own.at(-1)?.lineBreak ?? "", malformed: none, element: false } as const;
        const analysis = (first.analysis ??= place(analyse(joined(own)), placed));
        analysis.summary.line = line;
        yield {
          // Only who finds something in it needs the text.
          get text() {
            return joined(own);
          },
          ...placed, start: 0, analysis, summary: analysis.summary,
        };
        line += own.length;
      }
    }
  }
  return { units: read(), layout: () => "lines" };
}

/** The record that a line opens, as it was read before where the same lines still follow. */
function groupAt(lines: readonly LintedLine[], line: number): Group {
  const first = lines[line] as LintedLine;
  const before = first.group;
  const follow = (some: readonly LintedLine[]): boolean => some.every((each, index) => lines[line + 1 + index] === each);
  if (before?.following && (!before.endsText || line + 1 + before.following.length === lines.length) && follow(before.following)) return before;
  let at = line;
  let furthest = line;
  let endsText = false;
  const reader: LineReader = {
    get number() {
      return at;
    },
    next() {
      if (at + 1 === lines.length) {
        endsText = true;
        return undefined;
      }
      furthest = Math.max(furthest, ++at);
      return lines[at];
    },
    giveBack(some) {
      at -= some.length;
    },
    close: () => undefined,
  };
  const { lines: count } = readGroup(first, reader, () => undefined);
  const looksFar = count === 1 && furthest - line > mostLookedAt;
  const group: Group = { following: looksFar ? undefined : lines.slice(line + 1, furthest + 1), endsText, lines: count };
  if (before?.lines !== count || (count > 1 && !follow(before.following?.slice(0, count - 1) ?? []))) first.analysis = undefined;
  first.group = group;
  return group;
}

/** The units of a text that is an array. What was found in each is taken from `before`, by its text, and put into `seen`. */
function readElements(lines: readonly LintedLine[], before: Elements, seen: Map<string, RecordAnalysis>, analyse: Analyse): KnownUnits {
  const { units, layout } = unitsOf({ lines });
  function* read(): Generator<KnownUnit> {
    for (const unit of units) {
      const analysis = seen.get(unit.text) ?? before.get(unit.text) ?? analyse(unit.text);
      seen.set(unit.text, analysis);
      yield { ...unit, analysis, summary: summaryOf(unit, analysis) };
    }
  }
  return { units: read(), layout };
}

/** What is known of records on one line: a bracket before the first of them makes elements of them all. */
function analysesOf(lines: readonly LintedLine[]): Elements {
  const analyses = new Map<string, RecordAnalysis>();
  for (const { text, analysis, group } of lines) if (analysis && (group?.lines ?? 1) === 1) analyses.set(text, analysis);
  return analyses;
}

function joined(lines: readonly Line[]): string {
  return lines.map(({ text, lineBreak }, index) => (index === lines.length - 1 ? text : text + lineBreak)).join("");
}

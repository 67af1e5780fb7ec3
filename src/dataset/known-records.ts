import { summaryOf } from "./lint.ts";
import type { RecordAnalysis } from "./record-analysis.ts";
import type { RecordSummary } from "./rules/rule.ts";
import type { Line } from "./source.ts";
import { opensArray, opensRecord, readGroup, unitsOf, type LineReader, type Unit, type Units } from "./units.ts";

/** A line, with what is known of its text. */
export interface LintedLine extends Line {
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
export interface KnownUnit extends Unit {
  readonly analysis: RecordAnalysis;
  readonly summary: RecordSummary;
}

export interface KnownUnits extends Pick<Units, "layout"> {
  readonly units: Iterable<KnownUnit>;
}

/** Runs the record rules on the text of one record. */
export type Analyse = (text: string) => RecordAnalysis;
/** What was found in the elements of a text that is an array, by their text. */
export type Elements = ReadonlyMap<string, RecordAnalysis>;

/** What was found in a record, and what the dataset rules see of it where it stands now: every run needs that of all records. */
interface PlacedAnalysis extends RecordAnalysis {
  readonly summary: Mutable<RecordSummary>;
}

export type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const none: readonly number[] = [];
/** More lines than this behind one that opens no record are not kept: they could be all lines of the text, for each of its lines. */
const mostLookedAt = 1000;

/** A line of an edited text, with what is known of the line that stood there before with the same text. */
export function toLine({ text, lineBreak }: Line, former: LintedLine | undefined): LintedLine {
  // What was found in a record that goes on behind its first line, counts breaks that may be others now.
  const same = former?.group === undefined || former.group.lines === 1 ? former : undefined;
  const analysis = same?.analysis && place(same.analysis, { ...same.analysis.summary, lineBreak });
  return { text, lineBreak, opensRecord: former?.opensRecord ?? opensRecord(text), analysis, group: same?.group };
}

/** Whether the lines are read as the elements of an array. */
export function isArray(lines: readonly Line[]): boolean {
  const first = lines.find(({ text }) => text.trim() !== "");
  return first !== undefined && opensArray(first.text);
}

function place(analysis: RecordAnalysis, unit: Parameters<typeof summaryOf>[0]): PlacedAnalysis {
  return { problems: analysis.problems, summary: summaryOf(unit, analysis) };
}

/** The units of lines that are no array, as `unitsOf` reads them. */
export function readRecords(lines: readonly LintedLine[], analyse: Analyse): KnownUnits {
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
export function readElements(lines: readonly LintedLine[], before: Elements, seen: Map<string, RecordAnalysis>, analyse: Analyse): KnownUnits {
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
export function analysesOf(lines: readonly LintedLine[]): Elements {
  const analyses = new Map<string, RecordAnalysis>();
  for (const { text, analysis, group } of lines) if (analysis && (group?.lines ?? 1) === 1) analyses.set(text, analysis);
  return analyses;
}

function joined(lines: readonly Line[]): string {
  return lines.map(({ text, lineBreak }, index) => (index === lines.length - 1 ? text : text + lineBreak)).join("");
}

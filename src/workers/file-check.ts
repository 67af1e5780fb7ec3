import type { Finding, Severity } from "../dataset/finding.ts";
import { countBySeverity, type Tally } from "../dataset/finding-sink.ts";
import type { LintResult } from "../dataset/lint.ts";
import type { FileEncoding } from "./encode-file.ts";
import { selectShown } from "./select-shown.ts";

/**
 * What was found in a dataset, in a form whose size is bounded: millions of findings would take the editor minutes to receive and gigabytes to hold, and
 * it shows a thousand.
 */
export interface Check extends Pick<LintResult, "formatTitle" | "records"> {
  readonly counts: Readonly<Record<Severity, number>>;
  /** How many findings have a safe fix. */
  readonly fixable: number;
  /** Those that the editor shows, in the order of the text. */
  readonly findings: readonly ShownFinding[];
  /** How many findings of each rule there are besides, gravest first. */
  readonly omitted: readonly { readonly rule: string; readonly severity: Severity; readonly count: number }[];
}

/** A finding without its fixes, which may be long: they are asked for where they are wanted. */
export interface ShownFinding extends Omit<Finding, "fixes"> {
  /** Set where a fix takes away the very lines that the finding is about: an empty one, a record that is there already. */
  readonly superfluous?: true;
}

/** What was found in a file of any size. Beside what is bounded it holds five bytes for each line that has findings. */
export interface FileCheck extends Check {
  readonly flagged: FlaggedLines;
}

/** What was found in an open document. */
export interface DocumentCheck extends Check {
  /** How many findings have a safe fix that changes the document's text. */
  readonly fixableInText: number;
  /** How the safe fixes want the bytes of the file written, if they do. */
  readonly encoding: FileEncoding | undefined;
}

/** The lines that have findings, whether these were kept or not. */
export interface FlaggedLines {
  /** From 0, rising. */
  readonly lines: Uint32Array;
  /** For each of these lines, the place in `marks` of what is gravest on it. */
  readonly gravest: Uint8Array;
  /** Gravest first. */
  readonly marks: readonly { readonly rule: string; readonly severity: Severity }[];
}

type Findings = Pick<LintResult, "formatTitle" | "records" | "findings" | "tallies" | "flagged">;

/** The check of a file, of whose findings the first ones of each rule are enough. */
export function toFileCheck(result: Findings): FileCheck {
  return { ...toCheck(result), flagged: flag(result, result.tallies) };
}

/** The check of an open document, likewise. */
export function toDocumentCheck(result: Findings): DocumentCheck {
  const check = toCheck(result);
  const rewritings = result.findings.flatMap(({ fixes }) => fixes.find(({ safe }) => safe)?.rewrites ?? []).filter((rewriting) => rewriting !== "jsonl");
  return { ...check, fixableInText: check.fixable - rewritings.length, encoding: rewritings[0] };
}

function toCheck({ formatTitle, records, findings, tallies }: Findings): Check {
  const shown = selectShown(findings);
  const shownOf = new Map<string, number>();
  for (const finding of shown) shownOf.set(markOf(finding), (shownOf.get(markOf(finding)) ?? 0) + 1);
  return {
    formatTitle, records, counts: countBySeverity(tallies),
    fixable: tallies.reduce((sum, { fixable }) => sum + fixable, 0),
    findings: shown.map(toShown),
    omitted: tallies.map((tally) => ({ rule: tally.rule, severity: tally.severity, count: tally.count - (shownOf.get(markOf(tally)) ?? 0) })).filter(({ count }) => count > 0),
  };
}

function toShown({ rule, severity, range, message, fixes, related }: Finding): ShownFinding {
  const removes = fixes.some(({ edits: [edit, ...more] }) => edit?.text === "" && more.length === 0 && edit.range.start.line === range.start.line && edit.range.start.character === 0 && edit.range.end.line > range.end.line);
  return { rule, severity, range, message, ...(related ? { related } : {}), ...(removes ? { superfluous: true } : {}) };
}

/** The place of a line in the rising `lines`, or of the first one behind it. */
export function placeOf(lines: Uint32Array, line: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

function markOf({ rule, severity }: Pick<Finding, "rule" | "severity">): string {
  return `${severity} ${rule}`;
}

/** Marks beyond these share the last one. */
const mostMarks = 256;

function flag({ findings, tallies, flagged }: Pick<LintResult, "findings" | "tallies" | "flagged">, marks: readonly Tally[]): FlaggedLines {
  const places = new Map(marks.map((mark, place) => [markOf(mark), Math.min(place, mostMarks - 1)]));
  const placeOf = (mark: Pick<Finding, "rule" | "severity"> | undefined): number => (mark && places.get(markOf(mark))) ?? mostMarks - 1;
  // A number that sorts by line, and on a line by how grave it is.
  const sorted = flagged ? Float64Array.from(flagged.lines, (line, index) => line * mostMarks + placeOf(tallies[flagged.tallies[index] ?? -1])) : Float64Array.from(findings, (finding) => finding.range.start.line * mostMarks + placeOf(finding));
  sorted.sort();
  const lines = new Uint32Array(sorted.length);
  const gravest = new Uint8Array(sorted.length);
  let length = 0;
  for (const number of sorted) {
    const line = Math.floor(number / mostMarks);
    if (length > 0 && lines[length - 1] === line) continue;
    lines[length] = line;
    gravest[length] = number % mostMarks;
    length++;
  }
  return { lines: lines.slice(0, length), gravest: gravest.slice(0, length), marks: marks.slice(0, mostMarks).map(({ rule, severity }) => ({ rule, severity })) };
}

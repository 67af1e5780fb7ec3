import type { Finding, Severity } from "../dataset/finding.ts";
export { gravestFirst as severities } from "../dataset/finding.ts";
import type { Tally } from "../dataset/finding-sink.ts";
import type { LintResult } from "../dataset/lint.ts";

/**
 * What was found in a file of any size, in a form whose size is bounded but for five bytes a line that has findings: millions of findings would take the
 * editor minutes to receive and gigabytes to hold.
 */
export interface FileCheck extends Pick<LintResult, "formatTitle" | "records"> {
  readonly counts: Readonly<Record<Severity, number>>;
  /** How many findings have a safe fix. */
  readonly fixable: number;
  /** The first findings of each rule, in the order of the text, without their fixes. */
  readonly findings: readonly Finding[];
  /** How many findings of each rule there are besides, gravest first. */
  readonly omitted: readonly { readonly rule: string; readonly severity: Severity; readonly count: number }[];
  readonly flagged: FlaggedLines;
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

/** How many findings of one rule are kept: more than anybody reads, fewer than make the editor wait. */
export const keptOfRule = 1000;

/** The check of a file, made of all that linting found in it. */
export function toFileCheck(result: Pick<LintResult, "formatTitle" | "records" | "findings" | "tallies" | "flagged">): FileCheck {
  const { formatTitle, records, findings } = result;
  const { tallies } = result;
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity, count } of tallies) counts[severity] += count;
  const keptOf = new Map<string, number>();
  const kept = findings.filter((finding) => {
    const count = keptOf.get(markOf(finding)) ?? 0;
    if (count === keptOfRule) return false;
    keptOf.set(markOf(finding), count + 1);
    return true;
  });
  return {
    formatTitle, records, counts, findings: kept.map((finding) => ({ ...finding, fixes: [] })),
    fixable: tallies.reduce((sum, { fixable }) => sum + fixable, 0),
    omitted: tallies.map((tally) => ({ rule: tally.rule, severity: tally.severity, count: tally.count - (keptOf.get(markOf(tally)) ?? 0) })).filter(({ count }) => count > 0),
    flagged: flag(result, tallies),
  };
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

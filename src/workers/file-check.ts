import type { Finding, Severity } from "../dataset/finding.ts";
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

/** Gravest first. */
export const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/** How many findings of one rule are kept: more than anybody reads, fewer than make the editor wait. */
const keptOfRule = 1000;

/** The check of a file, made of all that linting found in it. */
export function toFileCheck({ formatTitle, records, findings }: LintResult): FileCheck {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  const byMark = new Map<string, { rule: string; severity: Severity; count: number; kept: number }>();
  const kept: Finding[] = [];
  let fixable = 0;
  for (const finding of findings) {
    const { rule, severity, fixes } = finding;
    counts[severity]++;
    if (fixes.some(({ safe }) => safe)) fixable++;
    const mark = byMark.get(markOf(finding)) ?? { rule, severity, count: 0, kept: 0 };
    byMark.set(markOf(finding), mark);
    mark.count++;
    if (mark.kept === keptOfRule) continue;
    mark.kept++;
    kept.push({ ...finding, fixes: [] });
  }
  const marks = [...byMark.values()].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return {
    formatTitle, records, counts, fixable, findings: kept,
    omitted: marks.filter(({ count, kept: own }) => count > own).map(({ rule, severity, count, kept: own }) => ({ rule, severity, count: count - own })),
    flagged: flag(findings, marks),
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

function markOf({ rule, severity }: Finding): string {
  return `${severity} ${rule}`;
}

/** Findings stand in the order of the text, so that those of a line follow each other. */
function flag(findings: readonly Finding[], marks: readonly { readonly rule: string; readonly severity: Severity }[]): FlaggedLines {
  const places = new Map(marks.map(({ rule, severity }, place) => [`${severity} ${rule}`, Math.min(place, 255)]));
  const lines = new Uint32Array(findings.length);
  const gravest = new Uint8Array(findings.length);
  let length = 0;
  for (const finding of findings) {
    const { line } = finding.range.start;
    const place = places.get(markOf(finding)) ?? 255;
    if (length > 0 && lines[length - 1] === line) gravest[length - 1] = Math.min(gravest[length - 1] ?? 255, place);
    else {
      lines[length] = line;
      gravest[length] = place;
      length++;
    }
  }
  return { lines: lines.slice(0, length), gravest: gravest.slice(0, length), marks: marks.slice(0, 256).map(({ rule, severity }) => ({ rule, severity })) };
}

import type { Severity } from "../dataset/finding.ts";
import { countBySeverity } from "../dataset/finding-sink.ts";
import type { LintResult } from "../dataset/lint.ts";

/** One linted file under the name that it was given. */
export interface LintedFile {
  readonly path: string;
  readonly result: LintResult;
  /** Where its text can be read when that is not `path`: the copy of a pipe, or of what was packed. */
  readonly copy?: string;
}

/** An argument that could not be checked, and the sentence that says why. */
export interface Complaint {
  readonly path: string;
  readonly message: string;
}

/** What some files have together. */
export interface Summary {
  readonly records: number;
  readonly errors: number;
  readonly warnings: number;
  /** Findings that have a safe fix. */
  readonly fixable: number;
}

/** Counts over some files. */
export function summarise(files: readonly LintedFile[]): Summary {
  let records = 0;
  let errors = 0;
  let warnings = 0;
  let fixable = 0;
  for (const { result } of files) {
    records += result.records;
    const counts = countBySeverity(result.tallies);
    errors += counts.error;
    warnings += counts.warning;
    for (const tally of result.tallies) fixable += tally.fixable;
  }
  return { records, errors, warnings, fixable };
}

/** How many findings of each rule were counted and not kept, gravest first. */
export function omittedOf({ result: { findings, tallies } }: LintedFile): readonly { readonly rule: string; readonly severity: Severity; readonly count: number }[] {
  const kept = new Map<string, number>();
  for (const { rule, severity } of findings) kept.set(`${severity} ${rule}`, (kept.get(`${severity} ${rule}`) ?? 0) + 1);
  return tallies.map(({ rule, severity, count: all }) => ({ rule, severity, count: all - (kept.get(`${severity} ${rule}`) ?? 0) })).filter(({ count: left }) => left > 0);
}

/** `1 record`, `2 records`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

import type { Severity } from "../finding.ts";
import type { DatasetRecord } from "../record.ts";
import type { Encoding } from "../source.ts";
import type { Target } from "../targets/target.ts";

/** A finding on one line before it has a line number: offsets count UTF-16 units from the line's start. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly fixes?: readonly Repair[];
}

/** A fix on one line: edits, or the whole line removed with its line break, or the file's bytes written anew. */
export interface Repair {
  readonly title: string;
  readonly safe: boolean;
  readonly edits?: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly removesLine?: true;
  readonly encoding?: "utf-8";
}

interface RuleFacts {
  /** A word, and the name of the rule's file. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong and why it matters, in one sentence: hover, README. */
  readonly summary: string;
}

/** Looks at one record and its target and at nothing else, so that its findings can be kept by the line's text. */
export interface RecordRule extends RuleFacts {
  check(record: DatasetRecord, target: Target): Iterable<Problem>;
}

/** What a dataset rule sees of a line: no text, so that memory does not grow with it. */
export interface LineSummary {
  /** Counts from 0. */
  readonly line: number;
  readonly length: number;
  readonly kind: "blank" | "broken" | "value" | "object";
  readonly format: DatasetRecord["format"];
  /** Equal for records of the same value: white space between tokens, and how a number or an escape is written, do not count. Only objects have one. */
  readonly fingerprint: string | undefined;
  /** The first keys of an object that no format recognises. */
  readonly keys: readonly string[];
  readonly malformed: readonly number[];
}

/** What a dataset rule finds about the file, or about one line of it. */
export interface DatasetProblem extends Problem {
  readonly line: number;
}

/** Folds over the lines of a file; `finish` gives what the whole shows. */
export interface DatasetFold {
  add(summary: LineSummary): Iterable<DatasetProblem>;
  finish(): Iterable<DatasetProblem>;
}

export interface DatasetRule extends RuleFacts {
  begin(file: { readonly target: Target; readonly encoding: Encoding; readonly byteOrderMark: boolean }): DatasetFold;
}

/** A problem of the whole file, which stands at the start of its first line. */
export function aboutFile(message: string, fixes: readonly Repair[] = []): DatasetProblem {
  return { line: 0, start: 0, end: 0, message, fixes };
}

export const nothing: readonly never[] = [];

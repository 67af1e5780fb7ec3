import type { RecordGroup } from "../analyse-report.ts";
import { pairIn, type Pair } from "../compared-candidates.ts";
import { orderRecords, passesFilter, type RecordFilter, type RecordOrder } from "../record-order.ts";
import type { JudgedOutcome, JudgedRecord } from "../report-schema.ts";
import type { ReportView } from "../report-view.ts";

/** Which records are listed, and in which order. */
export interface RecordQuery {
  readonly filter: RecordFilter;
  readonly order: RecordOrder;
  /** What question, reference or an answer of any candidate has to contain, in whatever case. */
  readonly search?: string | undefined;
  /** Only records of this group; undefined for all. */
  readonly group?: RecordGroup | undefined;
  /** Undefined for the first two candidates. */
  readonly pair?: Pair | undefined;
}

/** A part of what a query lists. */
export interface Rows {
  /** How many records the whole list has. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/** One record in one line: texts are cut, and their white space is single spaces. */
export interface Row {
  readonly line: number;
  /** The last message before the answer. */
  readonly prompt: string;
  readonly reference: string;
  /** Of the pair's first and second candidate. */
  readonly base: RowAnswer;
  readonly tuned: RowAnswer;
}

/** An answer, or why there is none, and what it counts as. */
export interface RowAnswer {
  readonly mark: "right" | "wrong" | "missing";
  readonly text: string;
}

/** Rows that are given at once at most: with their cut texts they stay far below the megabyte that a message may have without being felt. */
export const mostRows = 200;

/** Texts of a row are cut here, in UTF-16 units. */
const cutAt = 200;

/** All records that a query lists, in its order, out of `records` as its pair answered them; `lines` are those of its group. */
export function listRecords(view: ReportView, records: readonly JudgedRecord[], { filter, order, search = "", pair }: RecordQuery, lines?: readonly number[]): readonly JudgedRecord[] {
  const within = lines && new Set(lines);
  const found = search.trim() === "" ? undefined : linesWith(view, search.trim());
  const listed = records.filter((record) => passesFilter(record, filter) && within?.has(record.line) !== false && found?.has(record.line) !== false);
  return orderRecords(listed, order, view.candidates[pairIn(view, pair)[1]]?.price);
}

/** Some records of a list as rows; none behind its end. */
export function toRows(records: readonly JudgedRecord[], first: number, count: number): Rows {
  return { total: records.length, rows: records.slice(first, first + Math.min(count, mostRows)).map(toRow) };
}

/** The lines of records that have a text somewhere. */
function linesWith({ records }: ReportView, text: string): ReadonlySet<number> {
  const wanted = text.toLocaleLowerCase();
  const has = (other: string): boolean => other.toLocaleLowerCase().includes(wanted);
  return new Set(records.filter(({ prompt, reference, outcomes }) => has(reference) || outcomes.some((outcome) => "text" in outcome && has(outcome.text)) || prompt.some(({ content }) => has(content))).map(({ line }) => line));
}

function toRow({ line, prompt, reference, base, tuned }: JudgedRecord): Row {
  return { line, prompt: short(prompt.at(-1)?.content ?? ""), reference: short(reference), base: toAnswer(base), tuned: toAnswer(tuned) };
}

function toAnswer(outcome: JudgedOutcome): RowAnswer {
  return "failure" in outcome ? { mark: "missing", text: short(outcome.failure) } : { mark: outcome.right ? "right" : "wrong", text: short(outcome.text) };
}

function short(text: string): string {
  // What is far behind the cut is not looked at.
  const line = text.slice(0, 4 * cutAt).trim().replaceAll(/\s+/g, " ");
  // A character outside the Basic Multilingual Plane must not be cut in half.
  return line.length <= cutAt && text.length <= 4 * cutAt ? line : `${line.slice(0, cutAt).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

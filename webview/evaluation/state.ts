import type { RecordGroup } from "../../src/evaluation/analyse-report.ts";
import type { Pair } from "../../src/evaluation/compared-candidates.ts";
import { recordFilters, recordOrders, type RecordFilter, type RecordOrder } from "../../src/evaluation/record-order.ts";
import type { RecordQuery } from "../../src/evaluation/reader/rows.ts";
import type { ReviewMode, ReviewTurn, WholeRecord } from "../../src/evaluation/review/review-turns.ts";
import type { ReviewSummary } from "../../src/evaluation/review/sum-up-review.ts";
import type { BlindAnswers, CorrectionRequest, Overview, ShownAnalysis } from "../../src/protocol/evaluation-panel.ts";

/** How a record is shown. */
export const readings = ["answers", "conversation", "json"] as const;
export type Reading = (typeof readings)[number];

/** All that the panel shows. */
export interface State {
  readonly overview?: Overview;
  /** What takes its time, once it has come. */
  readonly analysis?: ShownAnalysis;
  /** The two candidates of a plan that are wanted; undefined for the first two. */
  readonly pair?: Pair;
  readonly filter: RecordFilter;
  readonly order: RecordOrder;
  readonly search: string;
  /** Only records of this group of the analysis; undefined for all. */
  readonly group?: RecordGroup;
  /** How many records are listed; undefined until it is known. */
  readonly total?: number;
  /** The place of the list that the reader has come to, and the line of its record; undefined until that is known. */
  readonly place: number;
  readonly line?: number;
  /** The last record that has come to be shown. */
  readonly record?: WholeRecord;
  readonly reading: Reading;
  /** What answers are shown as changes of: the reference, or a candidate's answer by its place. */
  readonly from?: "reference" | number;
  /** The review that goes on instead of the list of records. */
  readonly review?: { readonly mode: ReviewMode; /** Undefined while it is on its way. */ readonly turn?: ReviewTurn };
  /** What people have said so far. */
  readonly people?: ReviewSummary;
  /** The record that is being corrected. */
  readonly correcting?: Correcting;
  /** What a correction did. */
  readonly done?: string;
  /** What went wrong with the last request. */
  readonly failure?: string;
}

/** A correction in the making. */
export interface Correcting {
  readonly line: number;
  /** Undefined while it is on its way. */
  readonly record?: WholeRecord;
  /** What was written so far; undefined while it is the reference that has not come yet. */
  readonly answer?: string;
  /** The candidate whose answer a pair rejects, by its place; undefined until one is chosen. */
  readonly rejected?: number;
  /** Where its answers are shown without names. */
  readonly blind?: BlindAnswers;
  /** Whether the host shows it to the user, who has to say whether it is made. */
  readonly asked: boolean;
}

export type Action =
  | { readonly type: "overview"; readonly overview: Overview }
  | { readonly type: "analysis"; readonly analysis: ShownAnalysis }
  /** The file holds another report: what was worked out of the old one is let go. */
  | { readonly type: "changed" }
  | { readonly type: "pair"; readonly pair: Pair }
  /** Another list of records; the reader comes to its first one. */
  | { readonly type: "query"; readonly query: Partial<Pick<State, "filter" | "order" | "search">> }
  | { readonly type: "group"; readonly group: RecordGroup | undefined }
  | { readonly type: "listed"; readonly total: number }
  | { readonly type: "come"; readonly place: number; readonly line?: number | undefined }
  | { readonly type: "read"; readonly reading: Reading }
  | { readonly type: "from"; readonly from: State["from"] }
  /** The record that is shown. */
  | { readonly type: "shown"; readonly record: WholeRecord }
  /** The record that is corrected. */
  | { readonly type: "record"; readonly record: WholeRecord }
  | { readonly type: "review"; readonly mode: ReviewMode }
  | { readonly type: "reviewTurn"; readonly turn: ReviewTurn }
  | { readonly type: "endReview" }
  | { readonly type: "people"; readonly people: ReviewSummary }
  | { readonly type: "correct"; readonly line: number; readonly blind?: BlindAnswers }
  | { readonly type: "draft"; readonly answer: string }
  | { readonly type: "reject"; readonly candidate: number }
  | { readonly type: "ask" }
  /** Undefined when the user turned away: what was written stays. */
  | { readonly type: "corrected"; readonly words: string | undefined }
  | { readonly type: "leave" }
  | { readonly type: "failure"; readonly message: string };

/** The state at the start; `remembered` is what the page kept before it was hidden or the window loaded again. */
export function begin(remembered: unknown): State {
  const { filter, order, search, place, reading, from, pair, correcting, review } = (typeof remembered === "object" && remembered !== null ? remembered : {}) as Readonly<Record<string, unknown>>;
  const draft = readDraft(correcting);
  return {
    ...(review === "pair" || review === "rating" ? { review: { mode: review } } : {}), ...(isPair(pair) ? { pair } : {}), ...(draft ? { correcting: draft } : {}),
    filter: oneOf(recordFilters, filter) ?? "all", order: oneOf(recordOrders, order) ?? "regression", search: typeof search === "string" ? search : "",
    place: isPlace(place) ? place : 0, reading: oneOf(readings, reading) ?? "answers", ...(from === "reference" || isPlace(from) ? { from } : {}),
  };
}

/** What the page keeps: the report's address for the host, the place in the list for itself. */
export function toRemember({ overview, pair, filter, order, search, place, reading, from, correcting, review }: State): Pick<State, "pair" | "filter" | "order" | "search" | "place" | "reading" | "from"> & { readonly review?: ReviewMode; readonly report?: string; readonly correcting?: Pick<Correcting, "line" | "answer" | "rejected" | "blind"> } {
  return { ...(overview ? { report: overview.report } : {}), ...(pair ? { pair } : {}), filter, order, search, place, reading, ...(from === undefined ? {} : { from }), ...(correcting ? { correcting: draftOf(correcting) } : {}), ...(review ? { review: review.mode } : {}) };
}

/** What the list of records is asked for. */
export function toQuery({ filter, order, search, group, pair }: State): RecordQuery {
  return { filter, order, ...(search.trim() === "" ? {} : { search: search.trim() }), ...(group ? { group } : {}), ...(pair ? { pair } : {}) };
}

/** Whether two states list the same records in the same order. */
export function listsTheSame(one: State, other: State): boolean {
  return JSON.stringify(toQuery(one)) === JSON.stringify(toQuery(other));
}

/** What came of a correction that the page asked for before it was loaded anew; otherwise the answer to its request says it. */
function withLastCorrection(state: State): State {
  const { correcting, ...rest } = state;
  const last = state.overview?.lastCorrection;
  if (!last || !correcting || correcting.asked || correcting.line !== last.line) return state;
  return "failure" in last ? { ...state, failure: last.failure } : { ...rest, done: last.words };
}

function draftOf({ record: _record, asked: _asked, ...draft }: Correcting): Pick<Correcting, "line" | "answer" | "rejected" | "blind"> {
  return draft;
}

/** What a correction asks of the host; undefined where there is nothing to ask yet. */
export function toRequest({ correcting }: State, kind: "training" | "preference"): CorrectionRequest | undefined {
  if (correcting?.answer === undefined || correcting.asked) return undefined;
  const { line, answer, rejected, blind } = correcting;
  const made = { line, answer, ...(blind ? { blind } : {}) };
  if (kind === "training") return { ...made, as: { kind } };
  return rejected === undefined ? undefined : { ...made, as: { kind, rejected } };
}

/** The answer that a pair rejects unless another is chosen: the last wrong one, which is the tuned model's before the base's, else the last there is. */
function worst({ answers }: WholeRecord): number | undefined {
  const answered = answers.flatMap(({ outcome }, index) => ("failure" in outcome || outcome.text.trim() === "" ? [] : [{ index, right: outcome.right }]));
  return (answered.findLast(({ right }) => !right) ?? answered.at(-1))?.index;
}

function withRecord(correcting: Correcting, record: WholeRecord): Correcting {
  const rejected = correcting.rejected ?? worst(record);
  return { ...correcting, record, answer: correcting.answer ?? record.reference, ...(rejected === undefined ? {} : { rejected }) };
}

function readDraft(value: unknown): Correcting | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { line, answer, rejected, blind } = value as { line?: unknown; answer?: unknown; rejected?: unknown; blind?: unknown };
  if (typeof line !== "number") return undefined;
  return { line, ...(typeof answer === "string" ? { answer } : {}), ...(typeof rejected === "number" ? { rejected } : {}), ...(typeof blind === "object" && blind !== null ? { blind: blind as BlindAnswers } : {}), asked: false };
}

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  const { failure: _failure, done, ...others } = state;
  // What was done is said until the user does something else.
  const rest = done !== undefined && arriving.has(action.type) ? { ...others, done } : others;
  const { correcting } = state;
  switch (action.type) {
    case "overview":
      // One that was overtaken by another choice of candidates is not shown.
      return isSamePair(action.overview.plan?.pair, state.pair) ? withLastCorrection({ ...rest, overview: action.overview }) : state;
    case "analysis":
      return { ...rest, analysis: action.analysis };
    case "changed": {
      const { analysis: _analysis, group: _group, ...kept } = rest;
      return atStart(kept);
    }
    case "pair": {
      // Another pair's answers are other ones.
      const { from: _from, ...kept } = rest;
      return atStart({ ...kept, pair: action.pair });
    }
    case "query":
      return atStart({ ...rest, ...action.query });
    case "group": {
      const { group: _group, ...kept } = rest;
      return atStart({ ...kept, ...(action.group ? { group: action.group, filter: "all" as const, search: "" } : {}) });
    }
    case "listed":
      return { ...rest, total: action.total, place: Math.max(0, Math.min(state.place, action.total - 1)) };
    case "come": {
      const { line: _line, ...kept } = rest;
      return { ...kept, place: action.place, ...(action.line === undefined ? {} : { line: action.line }) };
    }
    case "read":
      return { ...rest, reading: action.reading };
    case "from": {
      const { from: _from, ...kept } = rest;
      return { ...kept, ...(action.from === undefined ? {} : { from: action.from }) };
    }
    case "shown":
      return { ...state, record: action.record };
    case "record":
      return correcting?.line === action.record.line ? { ...state, correcting: withRecord(correcting, action.record) } : state;
    case "correct":
      return correcting && (correcting.asked || correcting.line === action.line) ? state : { ...rest, correcting: { line: action.line, ...(action.blind ? { blind: action.blind } : {}), asked: false } };
    case "review":
      return { ...rest, review: { mode: action.mode } };
    case "reviewTurn":
      return state.review?.mode === action.turn.mode ? { ...rest, review: { mode: action.turn.mode, turn: action.turn } } : state;
    case "endReview": {
      const { review: _review, ...left } = rest;
      return left;
    }
    case "people":
      return { ...state, people: action.people };
    case "draft":
      return correcting ? { ...rest, correcting: { ...correcting, answer: action.answer } } : state;
    case "reject":
      return correcting ? { ...rest, correcting: { ...correcting, rejected: action.candidate } } : state;
    case "ask":
      return correcting ? { ...rest, correcting: { ...correcting, asked: true } } : state;
    case "corrected": {
      if (action.words === undefined) return correcting ? { ...rest, correcting: { ...correcting, asked: false } } : state;
      const { correcting: _correcting, ...left } = rest;
      return { ...left, done: action.words };
    }
    case "leave": {
      const { correcting: _correcting, ...left } = rest;
      return left;
    }
    case "failure":
      return { ...rest, ...(correcting ? { correcting: { ...correcting, asked: false } } : {}), failure: action.message };
  }
}

const arriving: ReadonlySet<Action["type"]> = new Set<Action["type"]>(["overview", "analysis", "listed", "come", "shown", "record", "people"]);

/** Another list: what is known of the one before does not count any more. */
function atStart({ total: _total, line: _line, record: _record, ...state }: State): State {
  return { ...state, place: 0 };
}

function oneOf<Value>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((each) => each === value);
}

function isPlace(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isPair(value: unknown): value is Pair {
  return Array.isArray(value) && value.length === 2 && value.every((each) => Number.isInteger(each) && Number(each) >= 0);
}

const usual: Pair = [0, 1];

function isSamePair(one: Pair = usual, other: Pair = usual): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

import type { RecordGroup } from "../../src/evaluation/analyse-report.ts";
import type { Pair } from "../../src/evaluation/compared-candidates.ts";
import type { RecordFilter } from "../../src/evaluation/record-order.ts";
import type { ReviewSummary } from "../../src/evaluation/review/sum-up-review.ts";
import type { BlindAnswers, CorrectionRequest, ReviewMode, ReviewTurn, Overview, Page, PageRequest, ShownAnalysis, WholeRecord } from "../../src/protocol/evaluation-panel.ts";

/** All that the panel shows. */
export interface State {
  readonly overview?: Overview;
  /** What takes its time, once it has come. */
  readonly analysis?: ShownAnalysis;
  /** The two candidates of a plan that are wanted; undefined for the first two. */
  readonly pair?: Pair;
  readonly filter: RecordFilter;
  /** Only records of this group of the analysis; undefined for all. */
  readonly group?: RecordGroup;
  /** The page that is wanted, from 0. */
  readonly wanted: number;
  readonly page?: Page;
  /** Records that are shown whole, by line; undefined while on their way. */
  readonly open: Readonly<Record<number, WholeRecord | undefined>>;
  /** The review that goes on instead of the table of records. */
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
  | { readonly type: "filter"; readonly filter: RecordFilter }
  | { readonly type: "group"; readonly group: RecordGroup | undefined }
  | { readonly type: "turn"; readonly page: number }
  | { readonly type: "page"; readonly requested: PageRequest; readonly page: Page }
  | { readonly type: "open"; readonly line: number }
  | { readonly type: "record"; readonly record: WholeRecord }
  | { readonly type: "close"; readonly line: number }
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
  const { filter, page, pair, correcting } = (typeof remembered === "object" && remembered !== null ? remembered : {}) as { filter?: unknown; page?: unknown; pair?: unknown; correcting?: unknown };
  const draft = readDraft(correcting);
  const mode = (remembered as { review?: unknown } | null | undefined)?.review;
  return { ...(mode === "pair" || mode === "rating" ? { review: { mode } } : {}), ...(isPair(pair) ? { pair } : {}), ...(draft ? { correcting: draft } : {}), filter: isFilter(filter) ? filter : "all", wanted: typeof page === "number" && Number.isInteger(page) && page >= 0 ? page : 0, open: {} };
}

/** What the page keeps: the report's address for the host, the place in the table for itself. */
export function toRemember({ overview, pair, filter, wanted, correcting, review }: State): { readonly review?: ReviewMode; readonly report?: string; readonly pair?: Pair; readonly filter: RecordFilter; readonly page: number; readonly correcting?: Pick<Correcting, "line" | "answer" | "rejected" | "blind"> } {
  return { ...(overview ? { report: overview.report } : {}), ...(pair ? { pair } : {}), filter, page: wanted, ...(correcting ? { correcting: draftOf(correcting) } : {}), ...(review ? { review: review.mode } : {}) };
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
      return isSamePair(action.overview.plan?.pair, state.pair) ? withLastCorrection({ ...rest, overview: action.overview, open: {} }) : state;
    case "analysis":
      return { ...rest, analysis: action.analysis };
    case "changed": {
      const { analysis: _analysis, group: _group, ...kept } = rest;
      return { ...kept, open: {} };
    }
    case "pair":
      return { ...rest, pair: action.pair, wanted: 0, open: {} };
    case "filter":
      return { ...rest, filter: action.filter, wanted: 0, open: {} };
    case "group": {
      const { group: _group, ...kept } = rest;
      return { ...kept, ...(action.group ? { group: action.group, filter: "all" as const } : {}), wanted: 0, open: {} };
    }
    case "turn":
      return { ...rest, wanted: action.page, open: {} };
    case "page":
      // An answer that was overtaken by another choice of filter or page is not shown.
      return action.requested.filter === state.filter && action.requested.page === state.wanted && isSamePair(action.requested.pair, state.pair) && action.requested.group === state.group ? { ...rest, page: action.page, wanted: action.page.page } : state;
    case "open":
      return { ...rest, open: { ...state.open, [action.line]: undefined } };
    case "record":
      return {
        ...state, ...(action.record.line in state.open ? { open: { ...state.open, [action.record.line]: action.record } } : {}),
        ...(correcting?.line === action.record.line ? { correcting: withRecord(correcting, action.record) } : {}),
      };
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
    case "close":
      return { ...rest, open: Object.fromEntries(Object.entries(state.open).filter(([line]) => Number(line) !== action.line)) };
    case "failure":
      return { ...rest, ...(correcting ? { correcting: { ...correcting, asked: false } } : {}), failure: action.message };
  }
}

const arriving: ReadonlySet<Action["type"]> = new Set<Action["type"]>(["overview", "analysis", "page", "record", "people"]);
const filters: ReadonlySet<unknown> = new Set<RecordFilter>(["all", "disagree", "tuned-wrong", "no-answer"]);

function isFilter(value: unknown): value is RecordFilter {
  return filters.has(value);
}

function isPair(value: unknown): value is Pair {
  return Array.isArray(value) && value.length === 2 && value.every((each) => Number.isInteger(each) && Number(each) >= 0);
}

const usual: Pair = [0, 1];

function isSamePair(one: Pair = usual, other: Pair = usual): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

import type { Reading } from "../../src/dataset/insight/record-content.ts";
import { recordSteps, rowFilters, type Overview, type RecordDetail, type RecordRequest, type RowFilter } from "../../src/protocol/records-viewer.ts";

/** All that the viewer shows but the rows. Lines and places count from 0. */
export interface State {
  readonly overview?: Overview;
  readonly filter: RowFilter;
  /** The place of the active row in the list that the filter gives; -1 while it is not known. */
  readonly place: number;
  /** The line of the active row, which stays the same when the filter changes. */
  readonly line?: number;
  readonly reading: Reading;
  /** How much of the record is wanted: a place in `recordSteps`. */
  readonly step: number;
  readonly detail?: RecordDetail;
  readonly failure?: string;
}

export type Action =
  | { readonly type: "overview"; readonly overview: Overview }
  | { readonly type: "filter"; readonly filter: RowFilter; readonly place: number }
  /** The user came to a row. The line is not known while the row is on its way. */
  | { readonly type: "come"; readonly place: number; readonly line?: number }
  | { readonly type: "reading"; readonly reading: Reading }
  | { readonly type: "more" }
  | { readonly type: "record"; readonly detail: RecordDetail }
  | { readonly type: "failure"; readonly message: string };

/** The state at the start; `remembered` is what the page kept before it was hidden or the window loaded again. */
export function begin(remembered: unknown): State {
  const { filter, line, reading } = (typeof remembered === "object" && remembered !== null ? remembered : {}) as { filter?: unknown; line?: unknown; reading?: unknown };
  const isLine = typeof line === "number" && Number.isInteger(line) && line >= 0;
  return {
    // Where the line is among those with findings is known only when these are; the list of all lines needs no asking.
    filter: rowFilters.find((each) => each === filter && each !== "chosen" && !isLine) ?? "all",
    place: isLine ? line : -1,
    ...(isLine ? { line } : {}),
    reading: reading === "json" ? "json" : "conversation",
    step: 0,
  };
}

/** What the page keeps. */
export function toRemember({ filter, line, reading }: State): Readonly<Record<string, unknown>> {
  return { filter, reading, ...(line === undefined ? {} : { line }) };
}

/** The record that the state wants to show; undefined when it shows none. */
export function wantedRecord({ line, reading, step }: State): RecordRequest | undefined {
  return line === undefined ? undefined : { line, reading, mostBytes: recordSteps[step] ?? Math.max(...recordSteps) };
}

/** Whether a record is the one that the state wants to show, read as it wants, with the findings of now. */
export function answers(state: State, detail: RecordDetail | undefined): boolean {
  const wanted = wantedRecord(state);
  return detail !== undefined && detail.line === wanted?.line && detail.reading === wanted.reading && detail.mostBytes === wanted.mostBytes && detail.generation === state.overview?.generation;
}

/** How many rows the list has. */
export function listLength({ overview, filter }: State): number {
  if (filter === "all") return overview?.index.lines ?? 0;
  if (filter === "chosen") return overview?.chosen?.records ?? 0;
  return overview?.check.phase === "done" ? overview.check.flagged : 0;
}

/** Records that have just been chosen are listed; where those that were listed are chosen no longer, all are. */
function follow(state: State, before: Overview | undefined): State {
  const { line: _line, ...rest } = state;
  const choice = state.overview?.chosen?.choice;
  if (choice !== undefined && choice !== before?.chosen?.choice) return { ...rest, filter: "chosen", place: 0, step: 0 };
  return state.filter === "chosen" && choice === undefined ? { ...rest, filter: "all", place: -1 } : state;
}

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  const { failure: _failure, ...rest } = state;
  switch (action.type) {
    case "overview":
      return follow({ ...rest, overview: action.overview }, state.overview);
    case "filter":
      return { ...rest, filter: action.filter, place: action.place };
    case "come": {
      if (action.line === undefined) {
        const { line: _line, ...without } = rest;
        return { ...without, place: action.place };
      }
      return { ...rest, place: action.place, line: action.line, step: action.line === state.line ? state.step : 0 };
    }
    case "reading":
      return { ...rest, reading: action.reading };
    case "more":
      return { ...rest, step: Math.min(state.step + 1, recordSteps.length - 1) };
    case "record":
      // An answer that was overtaken by another row is not shown.
      return answers(state, action.detail) ? { ...rest, detail: action.detail } : state;
    case "failure":
      return { ...rest, failure: action.message };
  }
}

import type { RecordFilter } from "../../src/evaluation/record-order.ts";
import type { JudgedRecord } from "../../src/evaluation/report.ts";
import type { Overview, Page, PageRequest } from "../../src/protocol/evaluation-panel.ts";

/** All that the panel shows. */
export interface State {
  readonly overview?: Overview;
  readonly filter: RecordFilter;
  /** The page that is wanted, from 0. */
  readonly wanted: number;
  readonly page?: Page;
  /** Records that are shown whole, by line; undefined while on their way. */
  readonly open: Readonly<Record<number, JudgedRecord | undefined>>;
  /** What went wrong with the last request. */
  readonly failure?: string;
}

export type Action =
  | { readonly type: "overview"; readonly overview: Overview }
  | { readonly type: "filter"; readonly filter: RecordFilter }
  | { readonly type: "turn"; readonly page: number }
  | { readonly type: "page"; readonly requested: PageRequest; readonly page: Page }
  | { readonly type: "open"; readonly line: number }
  | { readonly type: "record"; readonly record: JudgedRecord }
  | { readonly type: "close"; readonly line: number }
  | { readonly type: "failure"; readonly message: string };

/** The state at the start; `remembered` is what the page kept before it was hidden or the window loaded again. */
export function begin(remembered: unknown): State {
  const { filter, page } = (typeof remembered === "object" && remembered !== null ? remembered : {}) as { filter?: unknown; page?: unknown };
  return { filter: isFilter(filter) ? filter : "all", wanted: typeof page === "number" && Number.isInteger(page) && page >= 0 ? page : 0, open: {} };
}

/** What the page keeps: the report's address for the host, the place in the table for itself. */
export function toRemember({ overview, filter, wanted }: State): { readonly report?: string; readonly filter: RecordFilter; readonly page: number } {
  return { ...(overview ? { report: overview.report } : {}), filter, page: wanted };
}

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  const { failure: _failure, ...rest } = state;
  switch (action.type) {
    case "overview":
      return { ...rest, overview: action.overview, open: {} };
    case "filter":
      return { ...rest, filter: action.filter, wanted: 0, open: {} };
    case "turn":
      return { ...rest, wanted: action.page, open: {} };
    case "page":
      // An answer that was overtaken by another choice of filter or page is not shown.
      return action.requested.filter === state.filter && action.requested.page === state.wanted ? { ...rest, page: action.page, wanted: action.page.page } : state;
    case "open":
      return { ...rest, open: { ...state.open, [action.line]: undefined } };
    case "record":
      return action.record.line in state.open ? { ...rest, open: { ...state.open, [action.record.line]: action.record } } : state;
    case "close":
      return { ...rest, open: Object.fromEntries(Object.entries(state.open).filter(([line]) => Number(line) !== action.line)) };
    case "failure":
      return { ...rest, failure: action.message };
  }
}

const filters: ReadonlySet<unknown> = new Set<RecordFilter>(["all", "disagree", "tuned-wrong", "no-answer"]);

function isFilter(value: unknown): value is RecordFilter {
  return filters.has(value);
}

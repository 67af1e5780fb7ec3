import type { RecordGroup } from "../../src/evaluation/analyse-report.ts";
import type { Pair } from "../../src/evaluation/compared-candidates.ts";
import type { RecordFilter } from "../../src/evaluation/record-order.ts";
import type { Overview, Page, PageRequest, ShownAnalysis, WholeRecord } from "../../src/protocol/evaluation-panel.ts";

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
  /** What went wrong with the last request. */
  readonly failure?: string;
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
  | { readonly type: "failure"; readonly message: string };

/** The state at the start; `remembered` is what the page kept before it was hidden or the window loaded again. */
export function begin(remembered: unknown): State {
  const { filter, page, pair } = (typeof remembered === "object" && remembered !== null ? remembered : {}) as { filter?: unknown; page?: unknown; pair?: unknown };
  return { ...(isPair(pair) ? { pair } : {}), filter: isFilter(filter) ? filter : "all", wanted: typeof page === "number" && Number.isInteger(page) && page >= 0 ? page : 0, open: {} };
}

/** What the page keeps: the report's address for the host, the place in the table for itself. */
export function toRemember({ overview, pair, filter, wanted }: State): { readonly report?: string; readonly pair?: Pair; readonly filter: RecordFilter; readonly page: number } {
  return { ...(overview ? { report: overview.report } : {}), ...(pair ? { pair } : {}), filter, page: wanted };
}

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  const { failure: _failure, ...rest } = state;
  switch (action.type) {
    case "overview":
      // One that was overtaken by another choice of candidates is not shown.
      return isSamePair(action.overview.plan?.pair, state.pair) ? { ...rest, overview: action.overview, open: {} } : state;
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

function isPair(value: unknown): value is Pair {
  return Array.isArray(value) && value.length === 2 && value.every((each) => Number.isInteger(each) && Number(each) >= 0);
}

const usual: Pair = [0, 1];

function isSamePair(one: Pair = usual, other: Pair = usual): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

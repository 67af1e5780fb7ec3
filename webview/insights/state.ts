import type { Bar, Chart } from "../../src/dataset/insight/charts.ts";
import type { InsightsView } from "../../src/protocol/insights-panel.ts";

/** All that the panel shows. */
export interface State {
  readonly view?: InsightsView;
  /** The files are being read again, or another is being chosen. */
  readonly busy: boolean;
  /** What went wrong with the last request. */
  readonly failure?: string;
}

export type Action =
  | { readonly type: "view"; readonly view: InsightsView }
  | { readonly type: "busy"; readonly busy: boolean }
  | { readonly type: "failure"; readonly message: string };

export const begin: State = { busy: false };

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  const { failure: _failure, ...rest } = state;
  switch (action.type) {
    case "view":
      return { ...rest, view: action.view };
    case "busy":
      return { ...(action.busy ? rest : state), busy: action.busy };
    case "failure":
      return { ...rest, failure: action.message };
  }
}

/** What the page keeps over a reload: the datasets' addresses, which the host reads again. */
export function toRemember({ view }: State): { readonly files?: readonly string[] } {
  return view ? { files: view.files.map(({ file }) => file) } : {};
}

/** The share of its file's records that a bar has, in words. */
export function shareOf(count: number, records: number): string {
  const share = (100 * count) / Math.max(1, records);
  if (count > 0 && share < 0.1) return "< 0.1 %";
  return `${share.toLocaleString("en", { maximumFractionDigits: 1 })} %`;
}

/** How long each bar is drawn, from 0 to 1: of shares where two files are compared, which need not be of one size. */
export function lengthsOf({ bars }: Pick<Chart, "bars">, records: readonly number[]): readonly (readonly number[])[] {
  const shares = bars.map(({ counts }: Bar) => counts.map((count, file) => count / Math.max(1, records[file] ?? 0)));
  const longest = Math.max(...shares.flat(), Number.EPSILON);
  return shares.map((each) => each.map((share) => share / longest));
}

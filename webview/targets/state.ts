import type { TargetTable } from "../../src/protocol/targets-panel.ts";

/** All that the panel shows. */
export interface State {
  readonly table?: TargetTable;
  /** The dataset is being checked again. */
  readonly checking: boolean;
  /** What went wrong with the last request. */
  readonly failure?: string;
}

export type Action =
  | { readonly type: "table"; readonly table: TargetTable }
  | { readonly type: "checking" }
  | { readonly type: "checked" }
  | { readonly type: "failure"; readonly message: string };

export const begin: State = { checking: false };

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  const { failure: _failure, ...rest } = state;
  switch (action.type) {
    case "table":
      return { ...rest, table: action.table };
    case "checking":
      return { ...rest, checking: true };
    case "checked":
      return { ...state, checking: false };
    case "failure":
      return { ...rest, failure: action.message };
  }
}

/** What the page keeps over a reload: the dataset's address, which the host checks again. */
export function toRemember({ table }: State): { readonly file?: string } {
  return table ? { file: table.file } : {};
}

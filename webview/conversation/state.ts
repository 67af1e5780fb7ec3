import type { ShownRecord } from "../../src/protocol/conversation-panel.ts";

/** All that the panel shows. */
export interface State {
  readonly shown?: ShownRecord;
  readonly failure?: string;
}

export type Action = { readonly type: "shown"; readonly shown: ShownRecord } | { readonly type: "failure"; readonly message: string };

export const begin: State = {};

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  return action.type === "shown" ? { shown: action.shown } : { ...state, failure: action.message };
}

/** What the page keeps over a reload. */
export function toRemember({ shown }: State): object {
  return shown ? { file: shown.file, line: shown.line } : {};
}

import type { Chat } from "../dataset/insight/chat.ts";

/** What the page of a conversation asks of the host and hears from it. */
export interface ConversationPanel {
  readonly requests: {
    /** The page has loaded, or loaded again. */
    readonly shown: { readonly params: null; readonly result: ShownRecord };
    /** Shows the record after this one, or before it. */
    readonly step: { readonly params: { readonly direction: "next" | "previous" }; readonly result: null };
    /** Opens the record as a document that can be edited. */
    readonly edit: { readonly params: null; readonly result: null };
  };
  readonly events: {
    /** The cursor came to another record, or the record was edited. */
    readonly changed: ShownRecord;
  };
}

/** The record that is shown. Lines count from 0. */
export interface ShownRecord {
  /** The dataset's address, which the page keeps so that the panel survives a reload. */
  readonly file: string;
  /** The dataset's name as the user knows it. */
  readonly name: string;
  readonly line: number;
  /** What the dataset is checked for, in words. */
  readonly target: string;
  /** How tokens were counted: an encoding's name, and whether the target's models are made with it. */
  readonly counted: { readonly encoding: string; readonly exact: boolean };
  /** Undefined where the line holds no conversation; `why` says it then. */
  readonly chat?: Chat;
  readonly why?: string;
}

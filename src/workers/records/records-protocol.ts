import type { Excerpt } from "../../dataset/insight/excerpt.ts";
import type { Reading, RecordContent } from "../../dataset/insight/record-content.ts";
import type { Replacement } from "../../dataset/text.ts";
import type { IndexProgress } from "./record-file.ts";

/** A line in a list. */
export interface LineExcerpt extends Excerpt {
  /** From 0. */
  readonly line: number;
  /** The line's length, its break included. */
  readonly byteLength: number;
}

/** A line that is read by itself. */
export interface WholeRecord {
  /** From 0. */
  readonly line: number;
  readonly byteLength: number;
  /** How many of its bytes `content` was made of: all, or as many as were asked for. */
  readonly bytes: number;
  readonly content: RecordContent;
}

/** What the worker of an open file is asked; it is told once which file. Requests carry a number that their answer repeats. */
export type ToRecordsWorker =
  | { readonly type: "open"; readonly path: string }
  | { readonly type: "excerpts"; readonly request: number; readonly lines: readonly number[] }
  | { readonly type: "record"; readonly request: number; readonly line: number; readonly mostBytes: number; readonly reading: Reading }
  /** A line as it stands in the file; answered once it has been found. */
  | { readonly type: "line"; readonly request: number; readonly line: number; readonly mostBytes: number }
  /** Edits a line, provided that it still is `text`: the replacements are of that. Answered once the file is written. */
  | { readonly type: "edit-line"; readonly request: number; readonly line: number; readonly text: string; readonly replacements: readonly Replacement[] }
  /** Takes a line away, likewise. */
  | { readonly type: "remove-line"; readonly request: number; readonly line: number; readonly text: string }
  /** Puts a line behind the last one; answered with its number once the file is written. */
  | { readonly type: "add-line"; readonly request: number; readonly text: string };

/** What the worker tells. A failure without a request ended the index. */
export type FromRecordsWorker =
  | ({ readonly type: "indexed" } & IndexProgress)
  | { readonly type: "excerpts"; readonly request: number; readonly excerpts: readonly LineExcerpt[] }
  | { readonly type: "record"; readonly request: number; readonly record: WholeRecord }
  /** Undefined where the file ends before the line. */
  | { readonly type: "line"; readonly request: number; readonly text: string | undefined }
  | { readonly type: "line-edited"; readonly request: number }
  | { readonly type: "line-removed"; readonly request: number }
  | { readonly type: "line-added"; readonly request: number; readonly line: number }
  | { readonly type: "failed"; readonly request?: number; readonly message: string };

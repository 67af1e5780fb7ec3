import type { Excerpt } from "../../dataset/insight/excerpt.ts";
import type { Reading, RecordContent } from "../../dataset/insight/record-content.ts";
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
  | { readonly type: "record"; readonly request: number; readonly line: number; readonly mostBytes: number; readonly reading: Reading };

/** What the worker tells. A failure without a request ended the index. */
export type FromRecordsWorker =
  | ({ readonly type: "indexed" } & IndexProgress)
  | { readonly type: "excerpts"; readonly request: number; readonly excerpts: readonly LineExcerpt[] }
  | { readonly type: "record"; readonly request: number; readonly record: WholeRecord }
  | { readonly type: "failed"; readonly request?: number; readonly message: string };

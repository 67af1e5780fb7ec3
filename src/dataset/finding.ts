import type { Encoding } from "./source.ts";
import type { Edit, Range } from "./text.ts";

/**
 * `error`: the target refuses the file or the record. `warning`: the target takes it and the model suffers.
 * `information`: advice. `hint`: only fades text beside another finding.
 */
export type Severity = "error" | "warning" | "information" | "hint";

export const gravestFirst: readonly Severity[] = ["error", "warning", "information", "hint"];

/** One problem at its exact characters. A finding about the whole file stands at the start of the first line. */
export interface Finding {
  /** The rule's id, which is a word and the name of its file. */
  readonly rule: string;
  readonly severity: Severity;
  readonly range: Range;
  /** Says what was found, what was expected and what to do. */
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** Other lines that it is about. */
  readonly related?: readonly RelatedLine[];
}

/** A line that a finding names, from 0: of another file by the path that this was given, else of the same. */
export interface RelatedLine {
  readonly file?: string;
  readonly line: number;
}

/** A repair as data: it can be shown, merged, tested and applied without an editor. */
export interface Fix {
  readonly title: string;
  /** Safe fixes change no meaning and may be applied without being looked at; the others are suggestions. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
  /** Set where the repair is of the whole file, which is written anew. */
  readonly rewrites?: Rewriting;
}

/**
 * How a whole file is written anew: `utf-8` without a byte-order mark, `utf-8-marked` with one, or one record a line, whatever array or line breaks
 * the records stood in.
 */
export type Rewriting = "utf-8" | "utf-8-marked" | "jsonl";

/** What is known of a file before it is read. */
export interface FileFacts {
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  /** Bytes, where there are bytes: an editor's text has none. */
  readonly byteLength?: number;
}

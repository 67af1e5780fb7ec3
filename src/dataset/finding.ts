import type { Edit, Range } from "./text.ts";

/**
 * `error`: the target refuses the file or the record. `warning`: the target takes it and the model suffers.
 * `information`: advice. `hint`: only fades text beside another finding.
 */
export type Severity = "error" | "warning" | "information" | "hint";

/** One problem at its exact characters. A finding about the whole file stands at the start of the first line. */
export interface Finding {
  /** The rule's id, which is a word and the name of its file. */
  readonly rule: string;
  readonly severity: Severity;
  readonly range: Range;
  /** Says what was found, what was expected and what to do. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** A repair as data: it can be shown, merged, tested and applied without an editor. */
export interface Fix {
  readonly title: string;
  /** Safe fixes change no meaning and may be applied without being looked at; the others are suggestions. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
  /** Set where the repair is in the bytes and not in the text: the file is written anew as UTF-8 without a byte-order mark. */
  readonly encoding?: "utf-8";
}

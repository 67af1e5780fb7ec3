/** How the bytes of a file became text. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** One line of a dataset as it was read. */
export interface Line {
  /** Without the line break, and without the byte-order mark on the first line. */
  readonly text: string;
  /** Empty only on a last line that has none. */
  readonly lineBreak: "" | "\n" | "\r\n" | "\r";
  /** Characters (UTF-16 units) at which bytes that are no UTF-8 stand, shown as U+FFFD in `text`. */
  readonly malformed?: readonly number[];
}

/**
 * A dataset to look at: lines are handed over one after the other, so that a large file is never held whole.
 * Line breaks are `\n`, `\r\n` and `\r`, as in VS Code; U+2028 and U+0085 do not split.
 * A file that ends in a line break has no further, empty line.
 */
export interface Source {
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  /** Bytes, where there are bytes. */
  readonly byteLength?: number;
  readonly lines: Iterable<Line>;
  /** The same lines from the first on once more, where they can be read again. */
  readonly again?: () => Iterable<Line>;
}

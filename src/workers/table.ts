import type { Row } from "../dataset/convert/to-chat.ts";

/** The rows of a file, and the places that cannot be read. */
export interface Table {
  /** The names in the header; nothing where each row names its own columns. */
  readonly header?: { readonly line: number; readonly columns: readonly string[] };
  readonly rows: readonly NumberedRow[];
  readonly faults: readonly TableFault[];
}

/** A row and the line (from 1) on which it begins. */
export interface NumberedRow {
  readonly line: number;
  readonly row: Row;
}

/** A line (from 1) that cannot be read, with the reason. */
export interface TableFault {
  readonly line: number;
  readonly reason: string;
}

import type { NumberTable } from "../number-table.ts";
import type { Reread } from "./near-pairs.ts";

/** What is kept of a file: a row for each record, and where it stands. */
export interface Kept {
  readonly file: string;
  readonly rank: number;
  readonly table: NumberTable;
  readonly reread: Reread;
}

/** What a row holds behind the hashes of the bands: of hashes two halves. */
export const behind = { equal: 0, prompt: 2, opening: 4, record: 6, line: 7, length: 8, end: 9 };

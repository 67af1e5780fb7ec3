import type { FormatId } from "../formats/index.ts";

/** What one provider takes for one training method, as data. */
export interface Target {
  /** The provider's word on the command line. */
  readonly id: string;
  readonly method: string;
  readonly title: string;
  /** Where the facts below come from, and the day they were read (YYYY-MM-DD). */
  readonly source: string;
  readonly dated: string;
  readonly formats: readonly FormatId[];
  readonly roles: readonly string[];
  readonly minimumRecords: number;
}

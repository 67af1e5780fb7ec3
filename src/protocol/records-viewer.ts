import type { Severity } from "../dataset/finding.ts";
import type { Reading, RecordContent } from "../dataset/insight/record-content.ts";

/** What the record viewer's page asks of the host and hears from it. Lines count from 0. */
export interface RecordsViewer {
  readonly requests: {
    /** The page has loaded, or loaded again. */
    readonly overview: { readonly params: null; readonly result: Overview };
    readonly rows: { readonly params: RowsRequest; readonly result: Rows };
    readonly record: { readonly params: RecordRequest; readonly result: RecordDetail };
    /** The nearest line with a finding, before or behind a line. */
    readonly findFlagged: { readonly params: { readonly line: number; readonly direction: "next" | "previous" }; readonly result: FlaggedLine | null };
    /** Opens the text editor at a line. */
    readonly openText: { readonly params: { readonly line: number }; readonly result: null };
    /** Opens the record of a line as a document that can be edited. */
    readonly openRecord: { readonly params: { readonly line: number }; readonly result: null };
    readonly fixToNewFile: { readonly params: null; readonly result: null };
    /** Checks the file again. */
    readonly check: { readonly params: null; readonly result: null };
    /** Opens the file anew, as it is on disk now. */
    readonly reload: { readonly params: null; readonly result: null };
  };
  readonly events: {
    readonly changed: Overview;
    /** A line is to be shown that was asked for elsewhere. */
    readonly reveal: { readonly line: number };
  };
}

/** The file as a whole. */
export interface Overview {
  readonly name: string;
  readonly byteLength: number;
  /** Rises whenever the file is opened anew or its findings change: rows of another generation are out of date. */
  readonly generation: number;
  readonly index: IndexState;
  readonly check: CheckOverview;
  /** The file on disk is another one than the one that is shown. */
  readonly stale?: "changed" | "gone";
  /** Records that were chosen elsewhere: what they have in common, how many they are, and a number that rises with each choice. */
  readonly chosen?: { readonly title: string; readonly records: number; readonly choice: number };
  /** A line that is to be shown first. */
  readonly reveal?: number;
}

export interface IndexState {
  /** Lines that have been found so far. */
  readonly lines: number;
  readonly bytes: number;
  readonly complete: boolean;
  /** Why the file cannot be read, or not to its end. */
  readonly failure?: string;
}

export type CheckOverview =
  | { readonly phase: "running"; readonly progress: string }
  | { readonly phase: "done"; readonly summary: string; readonly flagged: number; readonly fixable: number }
  | { readonly phase: "ended"; readonly reason: string };

/** All lines, those that have findings, or those that were chosen elsewhere. */
export type RowFilter = "all" | "flagged" | "chosen";
export const rowFilters: readonly RowFilter[] = ["all", "flagged", "chosen"];

/** Rows by their place in the list, from 0. */
export interface RowsRequest {
  readonly filter: RowFilter;
  readonly first: number;
  readonly count: number;
}

export interface Rows extends RowsRequest {
  readonly generation: number;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly line: number;
  readonly role?: string;
  /** Empty for a blank line. */
  readonly text: string;
  /** The gravest finding on the line. */
  readonly mark?: { readonly rule: string; readonly severity: Severity };
}

export interface RecordRequest {
  readonly line: number;
  readonly reading: Reading;
  /** How much of the record is read. */
  readonly mostBytes: number;
}

export interface RecordDetail extends RecordRequest {
  readonly generation: number;
  readonly byteLength: number;
  /** How many of its bytes `content` was made of. */
  readonly bytes: number;
  readonly content: RecordContent;
  readonly findings: readonly RecordFinding[];
  /** Whether the line has findings that were not kept. */
  readonly furtherFindings: boolean;
}

export interface RecordFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** From 1, as the text editor shows it. */
  readonly column: number;
}

export interface FlaggedLine {
  readonly line: number;
  /** Its place among the lines with findings. */
  readonly place: number;
}

/** The most rows of one answer: with their excerpts they stay far below the megabyte that a message may have without being felt. */
export const mostRows = 200;

/** How much of a record is read at first, and then, when it goes on, at each wish to see more. What is larger than the last is for a text editor. */
export const recordSteps: readonly number[] = [1 << 18, 1 << 20, 1 << 22];

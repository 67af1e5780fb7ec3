import type { RecordFilter } from "../evaluation/record-order.ts";
import type { JudgedOutcome, JudgedRecord, Report, Setting } from "../evaluation/report.ts";

/** What the evaluation panel's page asks of the host and hears from it. */
export interface EvaluationPanel {
  readonly requests: {
    /** The page has loaded, or loaded again. */
    readonly overview: { readonly params: null; readonly result: Overview };
    readonly page: { readonly params: PageRequest; readonly result: Page };
    /** One record in full. */
    readonly record: { readonly params: { readonly line: number }; readonly result: JudgedRecord };
    /** Opens the test file at the record. */
    readonly openRecord: { readonly params: { readonly line: number }; readonly result: null };
    /** Opens the report's JSON in an editor. */
    readonly openReport: { readonly params: null; readonly result: null };
    /** Saves the report's JSON where the user wants it. */
    readonly exportReport: { readonly params: null; readonly result: null };
    /** Evaluates again with the same choices: what is missing is asked, what is there is kept. */
    readonly evaluateAgain: { readonly params: null; readonly result: null };
  };
  readonly events: {
    /** The report's file holds another report now. */
    readonly changed: Overview;
  };
}

/** The panel without its records, which come page by page. */
export interface Overview {
  /** The report's address, which the page keeps so that the panel survives a reload. */
  readonly report: string;
  /** The service's name as the user knows it. */
  readonly provider: string;
  readonly metric: { readonly title: string; readonly explanation: string };
  readonly setting: Setting;
  readonly summary: Report["summary"];
  readonly filters: Readonly<Record<RecordFilter, number>>;
}

export interface PageRequest {
  readonly filter: RecordFilter;
  /** From 0. */
  readonly page: number;
}

export interface Page extends PageRequest {
  readonly pages: number;
  readonly rows: readonly Row[];
}

/** One record in the table. Long texts are cut; the whole record is a request of its own. */
export interface Row {
  readonly line: number;
  /** The last message before the answer. */
  readonly prompt: string;
  readonly reference: string;
  readonly base: JudgedOutcome;
  readonly tuned: JudgedOutcome;
  /** Whether the record has more than the row shows. */
  readonly cut: boolean;
}

/** Rows on one page: with their cut texts they stay far below the megabyte that a message may have without being felt. */
export const rowsPerPage = 100;

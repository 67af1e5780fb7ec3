import type { Analysis } from "../evaluation/analyse-report.ts";
import type { Pair } from "../evaluation/compared-candidates.ts";
import type { LabelScores } from "../evaluation/label-scores.ts";
import type { ReportOverview } from "../evaluation/reader/overview.ts";
import type { RecordQuery, Row, Rows } from "../evaluation/reader/rows.ts";
import type { ReviewMode, ReviewTurn, ReviewWord, WholeRecord } from "../evaluation/review/review-turns.ts";
import type { ReviewSummary } from "../evaluation/review/sum-up-review.ts";
import type { Slice } from "../evaluation/slices.ts";

/** What the evaluation panel's page asks of the host and hears from it. */
export interface EvaluationPanel {
  readonly requests: {
    /** The page has loaded, or loaded again, or shows two other candidates. */
    readonly overview: { readonly params: OverviewRequest; readonly result: Overview };
    /** What takes its time: metrics with intervals and tests, slices, labels, and what answers took. */
    readonly analysis: { readonly params: null; readonly result: ShownAnalysis };
    /** Some of the records that a query lists. */
    readonly rows: { readonly params: RowsRequest; readonly result: ShownRows };
    /** One record in full, but for texts that no message can carry. */
    readonly record: { readonly params: { readonly line: number; readonly blind?: BlindAnswers | undefined }; readonly result: WholeRecord };
    /** What a person is to say next, without the names of models. */
    readonly reviewTurn: { readonly params: ReviewPlace; readonly result: ReviewTurn };
    /** Keeps what a person says of an item, and gives what comes next. */
    readonly review: { readonly params: ReviewPlace & { readonly word: ReviewWord }; readonly result: ReviewTurn };
    /** What people have said of two candidates so far. */
    readonly reviewSummary: { readonly params: { readonly pair?: Pair | undefined }; readonly result: ReviewSummary };
    /** Opens the test file at the record. */
    readonly openRecord: { readonly params: { readonly line: number }; readonly result: null };
    /** Opens the report's JSON in an editor. */
    readonly openReport: { readonly params: null; readonly result: null };
    /** Saves the report's JSON where the user wants it. */
    readonly exportReport: { readonly params: null; readonly result: null };
    /** Shows what a correction changes, and makes it on the user's word; null when the user turned away. */
    readonly correct: { readonly params: CorrectionRequest; readonly result: Corrected | null };
    /** Opens the launch file that made the tuned model, or makes one, for the files that corrections went to. */
    readonly startNextRun: { readonly params: null; readonly result: null };
    /** Evaluates again with the same choices: what is missing is asked, what is there is kept. */
    readonly evaluateAgain: { readonly params: null; readonly result: null };
  };
  readonly events: {
    /** The report's file holds another report now. */
    readonly changed: null;
    /** A correction was made, perhaps asked for by the page as it was before it was loaded anew. */
    readonly corrected: null;
  };
}

export interface OverviewRequest {
  /** Undefined for the first two. */
  readonly pair?: Pair | undefined;
}

/** The panel without its records, which come little by little. Services are named as the user knows them. */
export interface Overview extends ReportOverview {
  /** The report's address, which the page keeps so that the panel survives a reload. */
  readonly report: string;
  /** How many records of the report were corrected and moved to training. */
  readonly corrected: number;
  /** What came of the last correction, told once: the page may have been hidden by what was shown, and VS Code loads it anew then. */
  readonly lastCorrection?: { readonly line: number } & ({ readonly words: string } | { readonly failure: string });
}

/** A record's answer as the user corrected it, and what is to be made of it. */
export interface CorrectionRequest {
  readonly line: number;
  readonly answer: string;
  /** Where the answers were shown without names, `rejected` is one of those that were shown. */
  readonly blind?: BlindAnswers | undefined;
  /** A record to learn from, or a pair in which it is preferred to the answer of a candidate, which is named by its place in the report. */
  readonly as: { readonly kind: "training" } | { readonly kind: "preference"; readonly rejected: number };
}

/** The answers of an item of a review, in the order in which they are shown there. */
export interface BlindAnswers {
  readonly mode: ReviewMode;
  readonly pair?: Pair | undefined;
  readonly place: number;
}

export interface ReviewPlace {
  readonly mode: ReviewMode;
  readonly pair?: Pair | undefined;
  /** In the order of the review, from 0; undefined for the first item of which nothing was said. */
  readonly place?: number | undefined;
}

/** A correction that was made. */
export interface Corrected {
  readonly line: number;
  /** What was done, for the user. */
  readonly words: string;
}

/** The most UTF-16 units that a corrected answer may have: in UTF-8 and escaped they stay below the megabyte of a message, but for texts of control characters. */
export const longestAnswer = 150_000;

/** An analysis without the lines of its groups, which the host keeps: they are as many as records. */
export interface ShownAnalysis extends Omit<Analysis, "labels" | "slices"> {
  readonly labels?: readonly Omit<LabelScores, "lines">[];
  readonly slices: readonly ShownSlice[];
}

export interface ShownSlice extends Omit<Slice, "lines"> {
  readonly records: number;
}

export interface RowsRequest {
  readonly query: RecordQuery;
  /** From 0. */
  readonly first: number;
  readonly count: number;
}

export interface ShownRows extends Rows {
  readonly rows: readonly ShownRow[];
}

export interface ShownRow extends Row {
  /** The file that it was moved to by a correction. */
  readonly movedTo?: string;
}

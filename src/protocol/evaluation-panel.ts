import type { Analysis, RecordGroup } from "../evaluation/analyse-report.ts";
import type { Pair } from "../evaluation/compared-candidates.ts";
import type { AgainstBaseline, ReportedCandidate } from "../evaluation/plan-report.ts";
import type { LabelScores } from "../evaluation/label-scores.ts";
import type { RecordFilter } from "../evaluation/record-order.ts";
import type { JudgedOutcome, Report, Setting } from "../evaluation/report.ts";
import type { ReviewSummary } from "../evaluation/review/sum-up-review.ts";
import type { Slice } from "../evaluation/slices.ts";
import type { Accuracy } from "../evaluation/summary.ts";

/** What the evaluation panel's page asks of the host and hears from it. */
export interface EvaluationPanel {
  readonly requests: {
    /** The page has loaded, or loaded again, or shows two other candidates. */
    readonly overview: { readonly params: OverviewRequest; readonly result: Overview };
    /** What takes its time: metrics with intervals and tests, slices, labels, and what answers took. */
    readonly analysis: { readonly params: null; readonly result: ShownAnalysis };
    readonly page: { readonly params: PageRequest; readonly result: Page };
    /** One record in full. */
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

/** The panel without its records, which come page by page. Of a plan, summary and filters are those of the pair. */
export interface Overview {
  /** The report's address, which the page keeps so that the panel survives a reload. */
  readonly report: string;
  /** The service's name as the user knows it. */
  readonly provider: string;
  readonly metric: { readonly title: string; readonly explanation: string };
  readonly setting: Setting;
  readonly summary: Report["summary"];
  readonly filters: Readonly<Record<RecordFilter, number>>;
  /** How many records of the report were corrected and moved to training. */
  readonly corrected: number;
  /** What came of the last correction, told once: the page may have been hidden by what was shown, and VS Code loads it anew then. */
  readonly lastCorrection?: { readonly line: number } & ({ readonly words: string } | { readonly failure: string });
  readonly plan?: PlanOverview;
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

/** Two answers that are compared, or one that is rated. */
export type ReviewMode = "pair" | "rating";

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

/** Which of two answers is better, by its place, or neither; or how good one is, from 1 to 5. */
export type ReviewWord = { readonly better: 0 | 1 | null } | { readonly rating: number };

/** Where a review stands. */
export interface ReviewTurn {
  readonly mode: ReviewMode;
  /** How the person signs. */
  readonly reviewer: string;
  /** Items of which the person has said something, of how many. */
  readonly reviewed: number;
  readonly total: number;
  /** Undefined when nothing is left. */
  readonly item?: ReviewedItem;
}

export interface ReviewedItem {
  readonly place: number;
  readonly line: number;
  readonly prompt: WholeRecord["prompt"];
  readonly reference: string;
  readonly answers: readonly string[];
  /** What the person said of it before. */
  readonly word?: ReviewWord;
}

/** A correction that was made. */
export interface Corrected {
  readonly line: number;
  /** What was done, for the user. */
  readonly words: string;
}

/** The most UTF-16 units that a corrected answer may have: in UTF-8 and escaped they stay below the megabyte of a message, but for texts of control characters. */
export const longestAnswer = 150_000;

/** What the report of a plan says besides. */
export interface PlanOverview {
  /** The plan's file as the report names it. */
  readonly file: string;
  /** What won. */
  readonly words: string;
  readonly candidates: readonly CandidateRow[];
  /** The two whose records are shown. */
  readonly pair: Pair;
}

/** One candidate of a plan, by the metric that says what is right. */
export interface CandidateRow extends Pick<ReportedCandidate, "name" | "model" | "tuned" | "fewShot" | "retrieval"> {
  /** The service's name as the user knows it. */
  readonly service: string;
  readonly accuracy: Accuracy;
  readonly unanswered: number;
  /** Undefined of the first. */
  readonly comparison?: AgainstBaseline;
}

/** An analysis without the lines of its groups, which the host keeps: they are as many as records. */
export interface ShownAnalysis extends Omit<Analysis, "labels" | "slices"> {
  readonly labels?: readonly Omit<LabelScores, "lines">[];
  readonly slices: readonly ShownSlice[];
}

export interface ShownSlice extends Omit<Slice, "lines"> {
  readonly records: number;
}

export interface PageRequest {
  readonly filter: RecordFilter;
  /** Only records of this group; undefined for all. */
  readonly group?: RecordGroup | undefined;
  /** From 0. */
  readonly page: number;
  /** Undefined for the first two candidates. */
  readonly pair?: Pair | undefined;
}

export interface Page extends PageRequest {
  /** How many records there are on all pages. */
  readonly records: number;
  readonly pages: number;
  readonly rows: readonly Row[];
}

/** One record in the table. Long texts are cut; the whole record is a request of its own. */
export interface Row {
  readonly line: number;
  /** The last message before the answer. */
  readonly prompt: string;
  readonly reference: string;
  /** Of the pair's first and second candidate. */
  readonly base: JudgedOutcome;
  readonly tuned: JudgedOutcome;
  /** Whether the record has more than the row shows. */
  readonly cut: boolean;
  /** The file that it was moved to by a correction. */
  readonly movedTo?: string;
}

/** One record with what every candidate made of it. */
export interface WholeRecord {
  readonly line: number;
  readonly prompt: readonly { readonly role: string; readonly content: string }[];
  readonly reference: string;
  readonly answers: readonly { readonly name: string; readonly outcome: JudgedOutcome }[];
  /** Whether the names are "Answer A" and the like, and nothing is said of right and wrong. */
  readonly blind?: boolean;
}

/** Rows on one page: with their cut texts they stay far below the megabyte that a message may have without being felt. */
export const rowsPerPage = 100;

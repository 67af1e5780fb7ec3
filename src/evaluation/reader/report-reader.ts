import { pairIn, recordsOfPair, type Pair } from "../compared-candidates.ts";
import type { PlanReport } from "../plan-report.ts";
import type { PlanRecord } from "../plan-record.ts";
import type { Report } from "../report.ts";
import type { JudgedRecord } from "../report-schema.ts";
import { viewOf } from "../view-of-report.ts";
import type { ReviewEntry } from "../review/review-entry.ts";
import { blindCandidates, entryOf, nextPlace, reviewStand, turnOf, type ReviewOrders, type ReviewStand, type ReviewTurn, type ReviewWord, type SignedReview } from "../review/review-turns.ts";
import type { SavedReport } from "../saved-report.ts";
import { overviewOf, type ReportOverview } from "./overview.ts";
import { listRecords, toRows, type RecordQuery, type Rows } from "./rows.ts";

/** A report without what grows with its records. */
export type ReportHead = Omit<Report, "records"> | Omit<PlanReport, "records" | "guardRail" | "judge">;

/**
 * What a panel reads of a report, little by little: a report of a hundred thousand records is neither sent nor drawn whole. Errors are for the user.
 * What crosses to another thread is plain data.
 */
export interface ReportReader {
  head(): ReportHead;
  /** The names of the candidates, in the order of the report. */
  candidates(): readonly string[];
  overview(pair?: Pair): ReportOverview;
  /** `count` rows of what a query lists, from `first` on; `lines` are those of its group. */
  rows(query: RecordQuery, first: number, count: number, lines?: readonly number[]): Rows;
  /** The record of a line, whole. Throws an Error when the report has none. */
  record(line: number): PlanRecord;
  /** What a person is shown next of a review, or at a place of it. */
  reviewTurn(review: SignedReview, place?: number): ReviewTurn;
  /** What a person says of the item at a place as it is kept, and the place that comes next then. Throws an Error where it is said of nothing. */
  reviewEntry(review: SignedReview, place: number | undefined, word: ReviewWord, at: Date): { readonly entry: ReviewEntry; readonly next: number };
  /** The candidates whose answers are shown at a place of a review. Throws an Error when it is not of that line. */
  blindCandidates(review: SignedReview, place: number, line: number): readonly number[];
}

/** The same, where answers take their time because another thread gives them. */
export type ReportAccess = { readonly [Name in keyof ReportReader]: (...params: Parameters<ReportReader[Name]>) => Promise<ReturnType<ReportReader[Name]>> };

/** Reads a report that is in memory. */
export function createReportReader(report: SavedReport): ReportReader {
  const view = viewOf(report);
  const byLine = new Map(view.records.map((record) => [record.line, record]));
  const orders: ReviewOrders = new Map();
  /** The last list: who scrolls through it asks for one part after the other. */
  let listed: { readonly key: string; readonly records: readonly JudgedRecord[] } | undefined;
  let paired: { readonly pair: Pair; readonly records: readonly JudgedRecord[] } | undefined;
  const recordsOf = (wanted: Pair | undefined): readonly JudgedRecord[] => {
    const pair = pairIn(view, wanted);
    if (paired?.pair.join() !== pair.join()) paired = { pair, records: recordsOfPair(view, pair) };
    return paired.records;
  };
  const standOf = (review: SignedReview): ReviewStand => reviewStand(report, review, orders);
  return {
    head: () => headOf(report),
    candidates: () => view.candidates.map(({ name }) => name),
    overview: (pair) => overviewOf(report, pair),
    rows(query, first, count, lines) {
      const key = JSON.stringify(query);
      if (listed?.key !== key) listed = { key, records: listRecords(view, recordsOf(query.pair), query, lines) };
      return toRows(listed.records, first, count);
    },
    record(line) {
      const record = byLine.get(line);
      if (!record) throw new Error(`The report has no record of line ${line}.`);
      return record;
    },
    reviewTurn: (review, place) => turnOf(standOf(review), place),
    reviewEntry(review, place, word, at) {
      const stand = standOf(review);
      const entry = entryOf(stand, place, word, at);
      return { entry, next: nextPlace(standOf({ ...review, said: [...review.said, entry] }), place) };
    },
    blindCandidates: (review, place, line) => blindCandidates(standOf(review), place, line),
  };
}

function headOf(report: SavedReport): ReportHead {
  if (report.version === 1) {
    const { records: _records, ...head } = report;
    return head;
  }
  const { records: _records, guardRail: _guardRail, judge: _judge, ...head } = report;
  return head;
}

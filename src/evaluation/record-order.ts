import type { JudgedOutcome, JudgedRecord } from "./report.ts";

/** Which records a reader wants to see. */
export const recordFilters = ["all", "disagree", "tuned-wrong", "no-answer"] as const;
export type RecordFilter = (typeof recordFilters)[number];

/** Whether a record belongs to what the filter shows. */
export function passesFilter(record: JudgedRecord, filter: RecordFilter): boolean {
  const [base, tuned] = [mark(record.base), mark(record.tuned)];
  switch (filter) {
    case "all":
      return true;
    case "disagree":
      return disagree(record);
    case "tuned-wrong":
      return tuned === "wrong";
    case "no-answer":
      return base === "missing" || tuned === "missing";
  }
}

/**
 * The records in the order in which they teach most: what tuning broke, then what it repaired, then what has no answer, then what both have wrong, then what both
 * have right; by line within each.
 */
export function orderByDisagreement(records: readonly JudgedRecord[]): readonly JudgedRecord[] {
  return [...records].sort((a, b) => rank(a) - rank(b) || a.line - b.line);
}

/** How many records each filter shows. */
export function countByFilter(records: readonly JudgedRecord[]): Readonly<Record<RecordFilter, number>> {
  const counted = (filter: RecordFilter): number => records.filter((record) => passesFilter(record, filter)).length;
  return { all: records.length, disagree: counted("disagree"), "tuned-wrong": counted("tuned-wrong"), "no-answer": counted("no-answer") };
}

function rank(record: JudgedRecord): number {
  const [base, tuned] = [mark(record.base), mark(record.tuned)];
  if (disagree(record)) return tuned === "wrong" ? 0 : 1;
  if (base === "missing" || tuned === "missing") return 2;
  return tuned === "wrong" ? 3 : 4;
}

function disagree({ base, tuned }: JudgedRecord): boolean {
  return !("failure" in base) && !("failure" in tuned) && base.right !== tuned.right;
}

function mark(outcome: JudgedOutcome): "right" | "wrong" | "missing" {
  return "failure" in outcome ? "missing" : outcome.right ? "right" : "wrong";
}

import { tokenF1 } from "./metrics/token-f1.ts";
import type { JudgedOutcome, JudgedRecord } from "./report-schema.ts";
import type { TokenPrice } from "./usage.ts";

/** Which records a reader wants to see. */
export const recordFilters = ["all", "disagree", "tuned-wrong", "no-answer"] as const;
export type RecordFilter = (typeof recordFilters)[number];

/** By what records are put in an order. */
export const recordOrders = ["regression", "disagreement", "length", "cost", "time", "line"] as const;
export type RecordOrder = (typeof recordOrders)[number];

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
 * The records in an order. `regression`: what tuning broke, then what it repaired, then what has no answer, then what both have wrong, then what both have right.
 * `disagreement`: those whose two answers have fewest words in common (token F1) first. `length`: the longest answer of the second model first. `cost` and `time`: what it took for
 * that answer, the most first; tokens of both kinds count alike where no price is known, and what is not known comes last. Records that are equal in it are in the order of
 * `regression`, and at last by line.
 */
export function orderRecords(records: readonly JudgedRecord[], by: RecordOrder, price?: TokenPrice): readonly JudgedRecord[] {
  const value = valueOf(by, price);
  const keyed = records.map((record) => ({ record, value: value(record), rank: by === "line" ? 0 : rank(record) }));
  return keyed.sort((one, other) => other.value - one.value || one.rank - other.rank || one.record.line - other.record.line).map(({ record }) => record);
}

/** How many records each filter shows. */
export function countByFilter(records: readonly JudgedRecord[]): Readonly<Record<RecordFilter, number>> {
  const counted = (filter: RecordFilter): number => records.filter((record) => passesFilter(record, filter)).length;
  return { all: records.length, disagree: counted("disagree"), "tuned-wrong": counted("tuned-wrong"), "no-answer": counted("no-answer") };
}

/** What an order goes by, the greatest first. */
function valueOf(by: RecordOrder, price: TokenPrice | undefined): (record: JudgedRecord) => number {
  switch (by) {
    case "regression":
    case "line":
      return () => 0;
    case "disagreement":
      return ({ base, tuned }) => ("failure" in base || "failure" in tuned ? -1 : 1 - tokenF1({ prediction: tuned.text, references: [base.text] }).f1);
    case "length":
      return ({ tuned }) => ("failure" in tuned ? -1 : tuned.text.length);
    case "cost":
      return ({ tuned }) => costOf(tuned, price);
    case "time":
      return ({ tuned }) => ("failure" in tuned ? -1 : tuned.milliseconds ?? -1);
  }
}

function costOf(outcome: JudgedOutcome, { input, output } = { input: 1, output: 1 }): number {
  return "failure" in outcome || outcome.promptTokens === undefined || outcome.answerTokens === undefined ? -1 : outcome.promptTokens * input + outcome.answerTokens * output;
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

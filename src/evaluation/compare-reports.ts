import type { JudgedRecord, Report } from "./report.ts";
import { summarise, type Summary } from "./summary.ts";

/** The tuned model of a report beside that of an earlier one, on the records that both reports have. */
export interface EarlierComparison {
  readonly outcome: Summary["verdict"]["outcome"];
  /** Records that both reports have and both models answered. */
  readonly records: number;
  /** Now minus then, with Newcombe's interval. */
  readonly difference: Summary["difference"];
  /** The exact McNemar test's. */
  readonly p: number;
  readonly words: string;
}

/**
 * Compares the tuned model of `now` with that of `earlier`, record by record: a record is the same when its question and its reference are, whatever line it
 * stands on. Better and worse mean what they mean in every verdict. Throws an Error for the user when the reports have no record in common.
 */
export function compareWithEarlier(now: Report, earlier: Report): EarlierComparison {
  const before = new Map(earlier.records.map((record) => [keyOf(record), record]));
  const pairs = now.records.flatMap((record) => {
    const then = before.get(keyOf(record));
    return then ? [{ base: judgement(then), tuned: judgement(record) }] : [];
  });
  if (pairs.length === 0) throw new Error("The two reports have no record in common, so that nothing can be compared. Evaluate the same test file for both.");
  const { answered, difference, p, verdict, base, tuned } = summarise(pairs);
  const measured = answered === 0 ? "no record was answered both times." : `it has ${tuned.right} of ${answered} records right and had ${base.right}, a difference of ${points(difference.difference)} points (95 % interval ${points(difference.low)} to ${points(difference.high)}, p ${p < 0.0001 ? "< 0.0001" : `= ${p.toFixed(4)}`}).`;
  const word = { better: "the model is better than before", worse: "the model is worse than before", "cannot-tell": "it cannot be told that the model is better or worse than before" }[verdict.outcome];
  return { outcome: verdict.outcome, records: answered, difference, p, words: `${word}: ${measured}` };
}

function keyOf({ prompt, reference }: JudgedRecord): string {
  return JSON.stringify([prompt.map(({ role, content, tool_calls: calls }) => [role, content, ...(calls ? [calls] : [])]), reference]);
}

function judgement({ tuned }: JudgedRecord): boolean | undefined {
  return "failure" in tuned ? undefined : tuned.right;
}

function points(rate: number): string {
  const text = Math.abs(rate * 100).toFixed(1);
  return text === "0.0" ? text : `${rate < 0 ? "−" : "+"}${text}`;
}

import { mcnemarExact } from "./statistics/mcnemar.ts";
import { newcombePairedInterval, type PairedCounts } from "./statistics/newcombe.ts";
import { rowsStillNeeded } from "./statistics/power.ts";

/** What a paired comparison shows. */
export interface Verdict {
  readonly outcome: "better" | "worse" | "cannot-tell";
  readonly headline: string;
  /** The sentences below the headline, with every number that the verdict rests on. */
  readonly words: string;
  /** How many more records would show a difference of this size, where it cannot be told; Infinity when none would, undefined when the number of records is not the matter. */
  readonly recordsNeeded?: number;
}

/** What is known of an evaluation in which some records lack an answer: the counts if every missing answer fell against the tuned model, and for it. */
export interface Missing {
  readonly unanswered: number;
  readonly againstTuned: PairedCounts;
  readonly forTuned: PairedCounts;
}

/** The level of every interval that an evaluation shows. */
export const confidence = 0.95;
const alpha = 0.05;
const power = 0.8;

const headlines = { better: "The tuned model is better", worse: "The tuned model is worse", "cannot-tell": "Cannot tell which model is better" } as const;

/**
 * Compares the tuned model (candidate) with its base (baseline). Better or worse only when Newcombe's 95 % interval excludes zero and the exact
 * McNemar test agrees at 0.05; and, where answers are missing, only when it would stand however those answers had been.
 */
export function judge(counts: PairedCounts, missing: Missing = { unanswered: 0, againstTuned: counts, forTuned: counts }): Verdict {
  const n = total(counts);
  const unanswered = missing.unanswered === 0 ? "" : `${count(missing.unanswered, "record")} had no answer from one model or both and ${missing.unanswered === 1 ? "is" : "are"} left out.`;
  if (n === 0) return { outcome: "cannot-tell", headline: headlines["cannot-tell"], words: sentences("No record was answered by both models.", unanswered) };
  const { difference, low, high, p, outcome } = compare(counts);
  const measured = `${comparison(difference)}: of ${count(n, "record")}, ${counts.only_candidate} only it has right and ${counts.only_baseline} only its base.`;
  const certainty = `The ${confidence * 100} % interval of that difference is ${signed(low)} to ${signed(high)} points, and the exact McNemar test gives p ${probability(p)}.`;
  const result = { outcome, headline: headlines[outcome] };
  if (outcome !== "cannot-tell") {
    if (missing.unanswered === 0) return { ...result, words: sentences(measured, certainty) };
    const worst = compare(outcome === "better" ? missing.againstTuned : missing.forTuned);
    if (worst.outcome === outcome) return { ...result, words: sentences(measured, certainty, unanswered, "The verdict would stand whatever the missing answers were.") };
    return {
      outcome: "cannot-tell", headline: headlines["cannot-tell"],
      words: sentences(measured, certainty, unanswered, "The missing answers could turn the verdict. Run the evaluation again: it asks only what is missing."),
    };
  }
  const { rows } = rowsStillNeeded({ n, difference, discordant_share: (counts.only_candidate + counts.only_baseline) / n, alpha, power });
  return { ...result, words: sentences(measured, certainty, unanswered, needed(rows)), recordsNeeded: rows };
}

function compare(counts: PairedCounts): { difference: number; low: number; high: number; p: number; outcome: Verdict["outcome"] } {
  const { difference, low, high } = newcombePairedInterval({ ...counts, confidence });
  const { p_value: p } = mcnemarExact({ b: counts.only_candidate, c: counts.only_baseline });
  const sure = (low > 0 || high < 0) && p < alpha;
  return { difference, low, high, p, outcome: !sure ? "cannot-tell" : difference > 0 ? "better" : "worse" };
}

/** Where the estimate asks for no further record, (f − g)² ≥ 7.85 (f + g), interval and exact test have long agreed: so `rows` is never 0 here. */
function needed(rows: number): string {
  if (rows === Infinity) return "No number of records would show a difference of zero.";
  return `To show a difference of this size with a chance of ${power * 100} %, about ${rows.toLocaleString("en")} more test ${rows === 1 ? "record is" : "records are"} needed.`;
}

function comparison(difference: number): string {
  if (difference === 0) return "The tuned model is right as often as its base";
  return `The tuned model is right ${Math.abs(difference * 100).toFixed(1)} percentage points ${difference > 0 ? "more" : "less"} often than its base`;
}

function signed(rate: number): string {
  const text = Math.abs(rate * 100).toFixed(1);
  return text === "0.0" ? text : `${rate < 0 ? "−" : "+"}${text}`;
}

function probability(p: number): string {
  if (p < 0.0001) return "< 0.0001";
  return `= ${p.toFixed(p < 0.1 ? 4 : 3)}`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function total({ both, only_candidate, only_baseline, neither }: PairedCounts): number {
  return both + only_candidate + only_baseline + neither;
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

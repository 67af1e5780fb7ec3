import { mcnemarExact } from "./statistics/mcnemar.ts";
import { newcombePairedInterval, type PairedCounts } from "./statistics/newcombe.ts";
import { rowsStillNeeded } from "./statistics/power.ts";

/** What a paired comparison shows, with every number that it rests on. */
export interface Verdict {
  readonly outcome: "better" | "worse" | "cannot-tell";
  /** One or two sentences for the user. */
  readonly words: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** How many more records would show a difference of this size, where it cannot be told yet; Infinity when there is none. */
  readonly recordsNeeded: number;
}

const confidence = 0.95;
const alpha = 0.05;
const power = 0.8;

/**
 * Compares the tuned model (candidate) with its base (baseline). Better or worse only when Newcombe's 95 % interval excludes zero and the exact
 * McNemar test agrees at 0.05; otherwise it cannot be told.
 */
export function judge(counts: PairedCounts): Verdict {
  const n = counts.both + counts.only_candidate + counts.only_baseline + counts.neither;
  const { difference, low, high } = newcombePairedInterval({ ...counts, confidence });
  const { p_value: p } = mcnemarExact({ b: counts.only_candidate, c: counts.only_baseline });
  const sure = (low > 0 || high < 0) && p < alpha;
  const numbers = { difference, low, high, p };
  const measured = `${points(difference)} (95 % interval ${points(low)} to ${points(high)}, exact McNemar p ${p < 0.001 ? "below 0.001" : `= ${p.toFixed(3)}`}, ${n} records)`;
  if (n === 0) return { outcome: "cannot-tell", words: "Cannot tell: no record was answered by both models.", ...numbers, recordsNeeded: Infinity };
  if (sure) {
    const outcome = difference > 0 ? "better" : "worse";
    return { outcome, words: `The tuned model is ${outcome} than its base: ${measured}.`, ...numbers, recordsNeeded: 0 };
  }
  const { rows } = rowsStillNeeded({ n, difference, discordant_share: (counts.only_candidate + counts.only_baseline) / n, alpha, power });
  const needed = rows === Infinity
    ? "No number of records would show a difference of zero."
    : rows === 0
      ? "The test set is at the edge of what it can show; add records."
      : `About ${rows} more records would show a difference of this size.`;
  return { outcome: "cannot-tell", words: `Cannot tell whether the tuned model is better: ${measured}. ${needed}`, ...numbers, recordsNeeded: rows };
}

function points(rate: number): string {
  return `${rate < 0 ? "−" : "+"}${Math.abs(rate * 100).toFixed(1)} points`;
}

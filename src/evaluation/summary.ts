import { mcnemarExact } from "./statistics/mcnemar.ts";
import { newcombePairedInterval, type PairedCounts } from "./statistics/newcombe.ts";
import { wilsonInterval } from "./statistics/wilson.ts";
import { confidence } from "./comparison.ts";
import { meanOf } from "./mean-of.ts";
import { judge, judgePairs, type Verdict } from "./verdict.ts";

/** Whether each model was right on one record; undefined where it gave no answer. */
export interface Judgement {
  readonly base: boolean | undefined;
  readonly tuned: boolean | undefined;
  /** The conversation that the record is of, where others are of it too. */
  readonly conversation?: string | undefined;
}

/** A rate with the records it was counted over and its interval: Wilson's, or the bootstrap's over whole conversations where records share some. */
export interface Accuracy {
  readonly right: number;
  readonly n: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** All that an evaluation claims. The candidate is the tuned model, the baseline its base. */
export interface Summary {
  /** Records that both models answered: those alone are compared. */
  readonly answered: number;
  readonly unanswered: number;
  readonly counts: PairedCounts;
  readonly base: Accuracy;
  readonly tuned: Accuracy;
  /** How many conversations the compared records are of, where some share one: they are not independent then, and whole conversations are resampled and tested. */
  readonly conversations?: number;
  /** Tuned minus base, with Newcombe's interval; the BCa bootstrap's where records share conversations. */
  readonly difference: { readonly difference: number; readonly low: number; readonly high: number };
  /** The exact McNemar test's; Wilcoxon's over conversations where records share some. */
  readonly p: number;
  readonly confidence: number;
  readonly verdict: Verdict;
}

/**
 * Counts the judgements and says what they show. With no record that both models answered, the rates are NaN and the verdict says so. `others` are the p values of
 * metrics that are judged together with this one.
 */
export function summarise(judgements: readonly Judgement[], others: readonly number[] = []): Summary {
  const answered = judgements.filter(({ base, tuned }) => base !== undefined && tuned !== undefined);
  const counts = countPairs(answered, false, false);
  if (new Set(answered.map(({ conversation }, index) => conversation ?? index)).size < answered.length) return summariseConversations(judgements, answered, counts, others);
  return {
    answered: answered.length,
    unanswered: judgements.length - answered.length,
    counts,
    base: accuracy(counts.both + counts.only_baseline, answered.length),
    tuned: accuracy(counts.both + counts.only_candidate, answered.length),
    difference: newcombePairedInterval({ ...counts, confidence }),
    p: mcnemarExact({ b: counts.only_candidate, c: counts.only_baseline }).p_value,
    confidence,
    verdict: judge(counts, { unanswered: judgements.length - answered.length, againstTuned: countPairs(judgements, true, false), forTuned: countPairs(judgements, false, true) }, others),
  };
}

function summariseConversations(judgements: readonly Judgement[], answered: readonly Judgement[], counts: PairedCounts, others: readonly number[]): Summary {
  const value = (right: boolean | undefined): number | undefined => (right === undefined ? undefined : Number(right));
  const { comparison: { conversations = answered.length, difference, low, high, p }, verdict } = judgePairs(judgements.map(({ base, tuned, conversation }) => ({ base: value(base), tuned: value(tuned), ...(conversation === undefined ? {} : { conversation }) })), others);
  const shares = (of: "base" | "tuned"): Accuracy => {
    const { n, mean, ...interval } = meanOf(answered.map((each) => value(each[of])), "pass-fail", answered.map(({ conversation }) => conversation));
    return { right: answered.filter((each) => each[of]).length, n, rate: mean, ...interval };
  };
  return { answered: answered.length, unanswered: judgements.length - answered.length, counts, conversations, base: shares("base"), tuned: shares("tuned"), difference: { difference, low, high }, p, confidence, verdict };
}

/** The four counts, with a missing answer of the base and of the tuned model taken as right or wrong as given. */
function countPairs(judgements: readonly Judgement[], missingBase: boolean, missingTuned: boolean): PairedCounts {
  const counts = { both: 0, only_candidate: 0, only_baseline: 0, neither: 0 };
  for (const { base = missingBase, tuned = missingTuned } of judgements) counts[base ? (tuned ? "both" : "only_baseline") : tuned ? "only_candidate" : "neither"] += 1;
  return counts;
}

function accuracy(right: number, n: number): Accuracy {
  return { right, n, rate: right / n, ...wilsonInterval({ successes: right, n, confidence }) };
}

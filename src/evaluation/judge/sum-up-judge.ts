import { meanOf } from "../mean-of.ts";
import { cohenKappa } from "../statistics/cohen-kappa.ts";
import { mcnemarExact } from "../statistics/mcnemar.ts";
import { spearman } from "../statistics/spearman.ts";
import { wilsonInterval } from "../statistics/wilson.ts";
import { confidence } from "../comparison.ts";
import { holm } from "../statistics/holm.ts";
import { judgeMetrics, type MetricVerdict } from "../verdict.ts";
import { scale } from "./questions.ts";

/** What a judge said, record by record in the order of the report; null where it gave no judgement, or there was nothing to judge. */
export interface Judgements {
  /** A mark for each candidate, in the order of the plan. */
  readonly scores?: readonly (readonly (number | null)[])[] | undefined;
  /** For each candidate but the first: what the judge preferred with the first candidate's answer before its own, and after it. */
  readonly pairs?: readonly (readonly (readonly [Preference | null, Preference | null])[])[] | undefined;
}

export type Preference = "first" | "candidate" | "tie";

/** A person's mark for an answer. */
export interface HumanRating {
  readonly line: number;
  readonly candidate: string;
  readonly rating: number;
}

/** Marks of one candidate: their mean with its interval in marks, and what they show against the first. */
export interface ScoredCandidate {
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly against?: Pick<MetricVerdict, "outcome" | "comparison" | "adjusted">;
}

/** One candidate against the first, answer against answer. A win or a loss is one that both orders agree on. */
export interface PairedCandidate {
  readonly wins: number;
  readonly losses: number;
  /** Records on which a tie was said at least once and nobody won twice. */
  readonly ties: number;
  /** Records on which the winner changed with the order: nothing is known of these. */
  readonly flips: number;
  /** Of the records that were judged in both orders. */
  readonly flipRate: number;
  /** Of the records that somebody won, with Wilson's interval. */
  readonly winRate: number;
  readonly low: number;
  readonly high: number;
  /** The exact sign test's over wins and losses, and corrected by Holm's method for the number of candidates. */
  readonly p: number;
  readonly adjusted: number;
  readonly outcome: "better" | "worse" | "cannot-tell";
}

/** How far judge and people agree on the answers that both marked. */
export interface Agreement {
  readonly n: number;
  /** Cohen's, weighted quadratically; and Spearman's. */
  readonly kappa: number;
  readonly correlation: number;
}

/** All that a judge's word comes to; each part where the judge did it. */
export interface JudgeSummary {
  readonly marks?: readonly ScoredCandidate[];
  readonly pairs?: readonly PairedCandidate[];
  readonly agreement?: Agreement;
}

const alpha = 0.05;

/** Sums up what a judge said of a report's records, `lines`, and of the candidates with these names. */
export function sumUpJudge({ scores, pairs, ratings }: Judgements & { readonly ratings?: readonly HumanRating[] | undefined }, lines: readonly number[], names: readonly string[]): JudgeSummary {
  return {
    ...(scores ? { marks: sumUpScores(scores, names.length) } : {}), ...(pairs ? { pairs: sumUpPairs(pairs, names.length) } : {}),
    ...(scores && ratings ? { agreement: agree(scores, lines, names, ratings) } : {}),
  };
}

/** Sums up marks: candidates against the first by the BCa bootstrap and Wilcoxon's test, corrected for the number of candidates. */
export function sumUpScores(scores: NonNullable<Judgements["scores"]>, candidates: number): readonly ScoredCandidate[] {
  const shares = scores.map((row) => row.map((mark) => (mark === null ? undefined : (mark - scale.least) / (scale.most - scale.least))));
  const { verdicts } = judgeMetrics(Array.from({ length: candidates - 1 }, (_, index) => ({ id: "judge", title: "Judge", kind: "score" as const, pairs: shares.map((row) => ({ base: row[0], tuned: row[index + 1] })) })));
  const toMark = (share: number): number => scale.least + share * (scale.most - scale.least);
  return Array.from({ length: candidates }, (_, index) => {
    const { n, mean, low, high } = meanOf(shares.flatMap((row) => row[index] ?? []), "score");
    const verdict = index === 0 ? undefined : verdicts[index - 1];
    return { n, mean: toMark(mean), low: toMark(low), high: toMark(high), ...(verdict ? { against: { outcome: verdict.outcome, comparison: verdict.comparison, adjusted: verdict.adjusted } } : {}) };
  });
}

/** Sums up comparisons, one for each candidate but the first. Better or worse only when Wilson's interval of the win rate excludes one half and the exact sign test agrees. */
export function sumUpPairs(pairs: NonNullable<Judgements["pairs"]>, candidates: number): readonly PairedCandidate[] {
  const counted = Array.from({ length: candidates - 1 }, (_, index) => count(pairs.flatMap((row) => (row[index] ? [row[index]] : []))));
  const tests = counted.map(({ wins, losses }) => (wins + losses === 0 ? Number.NaN : mcnemarExact({ b: wins, c: losses }).p_value));
  const { adjusted } = holm({ p_values: tests, alpha });
  return counted.map((counts, index): PairedCandidate => {
    const { wins, losses, ties, flips } = counts;
    const { low, high } = wilsonInterval({ successes: wins, n: wins + losses, confidence });
    const own = adjusted[index] ?? Number.NaN;
    const sure = own < alpha && (low > 0.5 || high < 0.5);
    return { ...counts, flipRate: flips / (wins + losses + ties + flips), winRate: wins / (wins + losses), low, high, p: tests[index] ?? Number.NaN, adjusted: own, outcome: !sure ? "cannot-tell" : wins > losses ? "better" : "worse" };
  });
}

function count(rows: readonly (readonly [Preference | null, Preference | null])[]): Pick<PairedCandidate, "wins" | "losses" | "ties" | "flips"> {
  const counts = { wins: 0, losses: 0, ties: 0, flips: 0 };
  for (const [before, after] of rows) {
    if (before === null || after === null) continue;
    if (before === "tie" || after === "tie") counts.ties += 1;
    else if (before !== after) counts.flips += 1;
    else counts[before === "candidate" ? "wins" : "losses"] += 1;
  }
  return counts;
}

/** Compares a judge's marks with people's. Several people's marks of one answer each count. */
export function agree(scores: NonNullable<Judgements["scores"]>, lines: readonly number[], candidates: readonly string[], ratings: readonly HumanRating[]): Agreement {
  const places = new Map(lines.map((line, index) => [line, index]));
  const both = ratings.flatMap(({ line, candidate, rating }) => {
    const mark = scores[places.get(line) ?? -1]?.[candidates.indexOf(candidate)];
    return mark === undefined || mark === null ? [] : [{ mark, rating }];
  });
  const [marks, people] = [both.map(({ mark }) => mark), both.map(({ rating }) => rating)];
  return { n: both.length, kappa: cohenKappa({ rater_a: marks, rater_b: people, weights: "quadratic" }).kappa, correlation: spearman({ x: marks, y: people }).correlation };
}


import { sumUpPairs, sumUpScores, type PairedCandidate, type Preference, type ScoredCandidate } from "../judge/sum-up-judge.ts";
import { cohenKappa } from "../statistics/cohen-kappa.ts";
import { subjectOf, type ReviewedAnswer, type ReviewedPair, type ReviewEntry } from "./review-entry.ts";

/** What people say of two candidates; each part where somebody has said it. */
export interface ReviewSummary {
  readonly reviewers: readonly { readonly name: string; readonly pairs: number; readonly ratings: number }[];
  /** The second candidate against the first, each record counted once: several people's word is that of the most of them, and a tie where they are divided. */
  readonly comparison?: Omit<PairedCandidate, "flips" | "flipRate" | "adjusted"> | undefined;
  /** Of both, each record by the mean of its ratings. */
  readonly marks?: readonly ScoredCandidate[];
  /** How far two people agree on what both reviewed: Cohen's κ, of ratings weighted quadratically. */
  readonly agreement: readonly { readonly reviewers: readonly [string, string]; readonly of: "pairs" | "ratings"; readonly n: number; readonly kappa: number }[];
}

/** Sums up people's files of a report, by their names, for two of its candidates. */
export function sumUpReview(files: ReadonlyMap<string, readonly ReviewEntry[]>, pair: readonly [string, string]): ReviewSummary {
  const reviews = [...files].map(([name, entries]) => ({ name, pairs: entries.filter((each) => isOf(each, pair)), ratings: entries.filter((each) => isRatingOf(each, pair)) })).filter(({ pairs, ratings }) => pairs.length + ratings.length > 0);
  const said = group(reviews.flatMap(({ pairs }) => pairs));
  const rated = group(reviews.flatMap(({ ratings }) => ratings));
  return {
    reviewers: reviews.map(({ name, pairs, ratings }) => ({ name, pairs: pairs.length, ratings: ratings.length })),
    ...(said.size > 0 ? { comparison: compare([...said.values()].map((entries) => mostSaid(entries.map((each) => preferenceOf(each, pair))))) } : {}),
    ...(rated.size > 0 ? { marks: mark([...rated.values()], pair) } : {}),
    agreement: reviews.flatMap((one, index) => reviews.slice(index + 1).flatMap((other) => [
      ...agree(one.name, other.name, "pairs", both(one.pairs, other.pairs).map(([a, b]) => [preferenceOf(a, pair), preferenceOf(b, pair)] as const)),
      ...agree(one.name, other.name, "ratings", both(one.ratings, other.ratings).map(([a, b]) => [a.rating, b.rating] as const)),
    ])),
  };
}

function compare(preferences: readonly Preference[]): ReviewSummary["comparison"] {
  const [summed] = sumUpPairs(preferences.map((each) => [[each, each]]), 2);
  if (!summed) return undefined;
  const { flips: _flips, flipRate: _flipRate, adjusted: _adjusted, ...rest } = summed;
  return rest;
}

function mark(rated: readonly (readonly ReviewedAnswer[])[], pair: readonly [string, string]): readonly ScoredCandidate[] {
  const rows = new Map<number, [number | null, number | null]>();
  for (const entries of rated) {
    const [first] = entries;
    if (!first) continue;
    const row = rows.get(first.line) ?? [null, null];
    row[pair[0] === first.candidate ? 0 : 1] = entries.reduce((sum, { rating }) => sum + rating, 0) / entries.length;
    rows.set(first.line, row);
  }
  return sumUpScores([...rows.values()], 2);
}

function mostSaid(said: readonly Preference[]): Preference {
  const count = (wanted: Preference): number => said.filter((each) => each === wanted).length;
  const [first, candidate, tie] = [count("first"), count("candidate"), count("tie")];
  return first > Math.max(candidate, tie) ? "first" : candidate > Math.max(first, tie) ? "candidate" : "tie";
}

function agree(one: string, other: string, of: "pairs" | "ratings", pairs: readonly (readonly [string | number, string | number])[]): ReviewSummary["agreement"] {
  if (pairs.length === 0) return [];
  const { kappa } = cohenKappa({ rater_a: pairs.map(([a]) => a), rater_b: pairs.map(([, b]) => b), ...(of === "ratings" ? { weights: "quadratic" as const } : {}) });
  return [{ reviewers: [one, other], of, n: pairs.length, kappa }];
}

/** The entries that two people have of the same answers. */
function both<Entry extends ReviewEntry>(one: readonly Entry[], other: readonly Entry[]): readonly (readonly [Entry, Entry])[] {
  const byKey = new Map(other.map((each) => [subjectOf(each), each]));
  return one.flatMap((each) => {
    const same = byKey.get(subjectOf(each));
    return same ? [[each, same] as const] : [];
  });
}

function group<Entry extends ReviewEntry>(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const each of entries) groups.set(subjectOf(each), [...(groups.get(subjectOf(each)) ?? []), each]);
  return groups;
}

function preferenceOf({ preferred }: ReviewedPair, [first]: readonly [string, string]): Preference {
  return preferred === null ? "tie" : preferred === first ? "first" : "candidate";
}

function isOf(entry: ReviewEntry, pair: readonly [string, string]): entry is ReviewedPair {
  return "pair" in entry && pair.every((name) => entry.pair.includes(name)) && (entry.preferred === null || pair.includes(entry.preferred));
}

function isRatingOf(entry: ReviewEntry, pair: readonly [string, string]): entry is ReviewedAnswer {
  return "candidate" in entry && pair.includes(entry.candidate);
}

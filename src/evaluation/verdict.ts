import { compareCounts, compareOutcomes, confidence, testOutcomes, type Comparison, type MetricKind, type PairedOutcomes } from "./comparison.ts";
import { holm } from "./statistics/holm.ts";
import type { PairedCounts } from "./statistics/newcombe.ts";
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

/** What one metric gave: for each record that it applies to, 0 to 1 for each model (1 is right and 0 wrong of pass or fail), undefined where a model gave no answer. */
export interface MetricOutcomes {
  readonly id: string;
  readonly title: string;
  readonly kind: MetricKind;
  readonly pairs: readonly { readonly base: number | undefined; readonly tuned: number | undefined; /** The conversation that the record is of, where some share one. */ readonly conversation?: string | number }[];
}

export interface MetricVerdict extends Verdict {
  readonly id: string;
  readonly comparison: Comparison;
  /** The test's p, corrected for the number of metrics by Holm's method. */
  readonly adjusted: number;
}

const alpha = 0.05;
const power = 0.8;

const headlines = { better: "The tuned model is better", worse: "The tuned model is worse", "cannot-tell": "Cannot tell which model is better" } as const;

/** A comparison among the metrics that are judged together: how many they are, and its p corrected for that. */
interface Judged {
  readonly comparison: Comparison;
  readonly adjusted: number;
  readonly family: number;
  readonly unanswered: number;
  /** The comparisons if every missing answer fell against the tuned model, and for it. */
  readonly againstTuned: () => Comparison;
  readonly forTuned: () => Comparison;
}

/**
 * Compares the tuned model (candidate) with its base (baseline) by one pass or fail metric. Better or worse only when Newcombe's 95 % interval excludes zero and the
 * exact McNemar test agrees at 0.05; and, where answers are missing, only when it would stand however those answers had been. `others` are the p values of the metrics
 * that are judged together with this one, for Holm's correction; NaN is of none.
 */
export function judge(counts: PairedCounts, missing: Missing = { unanswered: 0, againstTuned: counts, forTuned: counts }, others: readonly number[] = []): Verdict {
  const comparison = compareCounts(counts);
  const family = 1 + others.filter((p) => !Number.isNaN(p)).length;
  const [adjusted = Number.NaN] = holm({ p_values: [comparison.p, ...others], alpha }).adjusted;
  return say({ comparison, adjusted, family, unanswered: missing.unanswered, againstTuned: () => compareCounts(missing.againstTuned), forTuned: () => compareCounts(missing.forTuned) });
}

/** The same where records share conversations: then whole conversations are what is compared. */
export function judgePairs(pairs: MetricOutcomes["pairs"], others: readonly number[] = []): { readonly comparison: Comparison; readonly verdict: Verdict } {
  const metric: MetricOutcomes = { id: "", title: "", kind: "pass-fail", pairs };
  const comparison = compare(metric);
  const family = 1 + others.filter((p) => !Number.isNaN(p)).length;
  const [adjusted = Number.NaN] = holm({ p_values: [comparison.p, ...others], alpha }).adjusted;
  return { comparison, verdict: say({ comparison, adjusted, family, unanswered: pairs.length - comparison.n, againstTuned: () => compare(metric, 1, 0), forTuned: () => compare(metric, 0, 1) }) };
}

/**
 * Compares the two models by several metrics at once: better or worse by a metric only when its interval excludes zero and its test agrees at 0.05 after Holm's correction
 * over all of them, and the missing answers could not turn it. Overall better when a metric says so and none says worse, and the other way round.
 */
export function judgeMetrics(metrics: readonly MetricOutcomes[]): { readonly overall: Verdict; readonly verdicts: readonly MetricVerdict[] } {
  const compared = metrics.map((metric) => ({ metric, comparison: compare(metric) }));
  const { adjusted } = holm({ p_values: compared.map(({ comparison }) => (comparison.n === 0 ? Number.NaN : comparison.p)), alpha });
  const family = compared.filter(({ comparison }) => comparison.n > 0).length;
  const verdicts = compared.map(({ metric, comparison }, index): MetricVerdict => {
    const own = adjusted[index] ?? Number.NaN;
    const unanswered = metric.pairs.length - comparison.n;
    return { id: metric.id, comparison, adjusted: own, ...say({ comparison, adjusted: own, family, unanswered, againstTuned: () => compare(metric, 1, 0), forTuned: () => compare(metric, 0, 1) }) };
  });
  return { overall: summarise(metrics, verdicts), verdicts };
}

/** The p value of a metric's test over the records that both models answered; NaN where there is none. */
export function pValue(metric: MetricOutcomes): number {
  const outcomes = pair(metric);
  return outcomes.baseline.length === 0 ? Number.NaN : testOutcomes(outcomes);
}

function compare(metric: MetricOutcomes, missingBase?: number, missingTuned?: number): Comparison {
  return compareOutcomes(pair(metric, missingBase, missingTuned));
}

/** The records that both models answered; or all, with a missing answer of the base and of the tuned model taken as given. */
function pair({ kind, pairs }: MetricOutcomes, missingBase?: number, missingTuned?: number): PairedOutcomes {
  const known = pairs.map(({ base = missingBase, tuned = missingTuned, conversation }, index) => ({ base, tuned, conversation: conversation ?? `record ${index}` }));
  const answered = known.filter((pair): pair is typeof pair & { base: number; tuned: number } => pair.base !== undefined && pair.tuned !== undefined);
  const clusters = pairs.some(({ conversation }) => conversation !== undefined) ? { clusters: answered.map(({ conversation }) => conversation) } : {};
  return { kind, baseline: answered.map(({ base }) => base), candidate: answered.map(({ tuned }) => tuned), ...clusters };
}

function say({ comparison, adjusted, family, unanswered, againstTuned, forTuned }: Judged): Verdict {
  const left = unanswered === 0 ? "" : `${count(unanswered, "record")} had no answer from one model or both and ${unanswered === 1 ? "is" : "are"} left out.`;
  const unsure = { outcome: "cannot-tell", headline: headlines["cannot-tell"] } as const;
  if (comparison.n === 0) return { ...unsure, words: sentences("No record was answered by both models.", left) };
  const outcome = decide(comparison, adjusted);
  const [measured, certainty] = [describe(comparison), sureness(comparison, adjusted, family)];
  const result = { outcome, headline: headlines[outcome] };
  if (outcome !== "cannot-tell") {
    if (unanswered === 0) return { ...result, words: sentences(measured, certainty) };
    const worst = outcome === "better" ? againstTuned() : forTuned();
    // Bonferroni's correction here, because Holm's would need to know what the other metrics gave then.
    if (decide(worst, worst.p * family) === outcome) return { ...result, words: sentences(measured, certainty, left, "The verdict would stand whatever the missing answers were.") };
    return { ...unsure, words: sentences(measured, certainty, left, "The missing answers could turn the verdict. Run the evaluation again: it asks only what is missing.") };
  }
  const rows = rowsNeeded(comparison, alpha / family);
  if (Number.isNaN(rows)) return { ...result, words: sentences(measured, certainty, left, `One ${comparison.conversations === 1 ? "conversation" : "record"} alone shows nothing.`) };
  if (rows === 0) return { ...result, words: sentences(measured, certainty, left, "There are records enough for a difference of this size, but interval and test do not agree on it.") };
  return { ...result, words: sentences(measured, certainty, left, needed(rows)), recordsNeeded: rows };
}

/** By Bonferroni's level, the strictest that Holm's method may ask for. Of fewer records than have a sign pattern as rare as the level, Wilcoxon's test can show nothing. */
function rowsNeeded({ n, conversations = n, difference, spread, test }: Comparison, level: number): number {
  const { rows } = rowsStillNeeded({ n, difference, discordant_share: spread, alpha: level, power });
  return test === "Wilcoxon" ? Math.max(rows, Math.floor(2 - Math.log2(level)) - conversations) : rows;
}

function decide({ difference, low, high, sameDirection }: Comparison, p: number): Verdict["outcome"] {
  const sure = (low > 0 || high < 0) && p < alpha && sameDirection;
  return !sure ? "cannot-tell" : difference > 0 ? "better" : "worse";
}

function summarise(metrics: readonly MetricOutcomes[], verdicts: readonly MetricVerdict[]): Verdict {
  const titles = (outcome: Verdict["outcome"]): string => metrics.filter((_, index) => verdicts[index]?.outcome === outcome).map(({ title }) => title).join(", ");
  const [better, worse, unknown] = [titles("better"), titles("worse"), titles("cannot-tell")];
  const parts = [better && `Better by ${better}.`, worse && `Worse by ${worse}.`, unknown && `Cannot tell by ${unknown}.`].filter((part) => part !== "");
  if (better && worse) return { outcome: "cannot-tell", headline: "The tuned model is better by some metrics and worse by others", words: parts.join(" ") };
  const outcome = better ? "better" : worse ? "worse" : "cannot-tell";
  const needed = verdicts.flatMap(({ recordsNeeded }) => recordsNeeded ?? []);
  const result = { outcome, headline: headlines[outcome], words: parts.length === 0 ? "There is no metric to judge by." : parts.join(" ") } as const;
  return outcome === "cannot-tell" && needed.length > 0 ? { ...result, recordsNeeded: Math.min(...needed) } : result;
}

function describe({ kind, n, counts, conversations, difference }: Comparison): string {
  const records = conversations === undefined ? count(n, "record") : `${count(n, "record")} in ${count(conversations, "conversation")}`;
  if (kind === "pass-fail" && counts) return `${oftener(difference)}: of ${records}, ${counts.only_candidate} only it has right and ${counts.only_baseline} only its base.`;
  if (difference === 0) return `The tuned model has the mean score of its base, over ${records}.`;
  return `The tuned model's mean score is ${Math.abs(difference * 100).toFixed(1)} points of 100 ${difference > 0 ? "higher" : "lower"} than its base's, over ${records}.`;
}

function sureness({ low, high, interval, p, test }: Comparison, adjusted: number, family: number): string {
  const limits = Number.isNaN(low) ? `The ${confidence * 100} % interval of that difference is undefined` : `The ${confidence * 100} % interval of that difference is ${signed(low)} to ${signed(high)} points`;
  const by = interval === "BCa" ? ", by the BCa bootstrap" : "";
  const name = test === "McNemar" ? "the exact McNemar test" : "Wilcoxon's signed-rank test";
  const corrected = family > 1 ? `, ${adjusted < 0.0001 ? "below 0.0001" : digits(adjusted)} after Holm's correction for ${family} metrics` : "";
  return `${limits}${by}, and ${name} gives p ${probability(p)}${corrected}.`;
}

function needed(rows: number): string {
  if (rows === Infinity) return "No number of records would show a difference of zero.";
  return `To show a difference of this size with a chance of ${power * 100} %, about ${rows.toLocaleString("en")} more test ${rows === 1 ? "record is" : "records are"} needed.`;
}

function oftener(difference: number): string {
  if (difference === 0) return "The tuned model is right as often as its base";
  return `The tuned model is right ${Math.abs(difference * 100).toFixed(1)} percentage points ${difference > 0 ? "more" : "less"} often than its base`;
}

function signed(rate: number): string {
  const text = Math.abs(rate * 100).toFixed(1);
  return text === "0.0" ? text : `${rate < 0 ? "−" : "+"}${text}`;
}

function probability(p: number): string {
  return p < 0.0001 ? "< 0.0001" : `= ${digits(p)}`;
}

function digits(p: number): string {
  return p.toFixed(p < 0.1 ? 4 : 3);
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

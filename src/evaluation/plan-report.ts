import { holm } from "./statistics/holm.ts";
import type { HumanRating, Judgements } from "./judge/sum-up-judge.ts";
import { conversationsOf } from "./conversations.ts";
import { describeGuardRail, type GuardRail } from "./guard-rail.ts";
import { meanOf } from "./mean-of.ts";
import type { PlanFile } from "./plan-file/schema.ts";
import type { PlanRecord } from "./plan-record.ts";
import { measureCandidates, pairsOf } from "./measure.ts";
import { asked, judgeOutcome } from "./report.ts";
import type { JudgedOutcome, Setting } from "./report-schema.ts";
import { summarise, type Accuracy, type Summary } from "./summary.ts";
import type { AnsweredRecord } from "./run.ts";
import type { Metric } from "./metrics/metric.ts";
import type { TokenPrice } from "./usage.ts";
import { pValue } from "./verdict.ts";

/** A candidate of a plan as its report names it. */
export interface ReportedCandidate {
  readonly name: string;
  readonly service: string;
  readonly model: string;
  readonly tuned?: boolean | undefined;
  readonly fewShot?: number | undefined;
  readonly retrieval?: number | undefined;
  readonly price?: TokenPrice | undefined;
  /** Whether it was asked by batch, which nobody can time. */
  readonly batch?: boolean | undefined;
}

/** A candidate beside the baseline, on the records that both answered. */
export interface AgainstBaseline {
  readonly outcome: Summary["verdict"]["outcome"];
  readonly answered: number;
  /** As in a summary. */
  readonly conversations?: number;
  readonly difference: Summary["difference"];
  /** Of the test that a summary names, and corrected by Holm's method for the number of candidates and of metrics. */
  readonly p: number;
  readonly adjusted: number;
}

export interface CandidateSummary {
  /** Over the records that it answered. */
  readonly accuracy: Accuracy;
  readonly unanswered: number;
  /** Undefined of the baseline. */
  readonly comparison?: AgainstBaseline;
}

/** One run of a plan: version 2 of the reports. */
export interface PlanReport extends Pick<Setting, "createdAt" | "dataset" | "training" | "options" | "metric" | "also" | "slices" | "looks"> {
  readonly format: "tunesmith-evaluation";
  readonly version: 2;
  readonly plan: string;
  readonly candidates: readonly ReportedCandidate[];
  readonly summary: { readonly candidates: readonly CandidateSummary[]; readonly words: string };
  readonly records: readonly PlanRecord[];
  /** What the candidates made of the guard-rail set, where the plan has one. */
  readonly guardRail?: GuardRail | undefined;
  /** What the judge said, where the plan has one; `rubric` in words. */
  readonly judge?: (Judgements & { readonly service: string; readonly model: string; readonly rubric: string; readonly ratings?: readonly HumanRating[] | undefined }) | undefined;
  /** What the plan says of costs, in US dollars. */
  readonly breakEven?: PlanFile["breakEven"];
}

const alpha = 0.05;

/** Judges what the candidates answered by a pass or fail metric, together with others where some are given, compares each with the first, and says in words what won. */
export function createPlanReport(made: Omit<PlanReport, "format" | "version" | "metric" | "also" | "summary" | "records" | "guardRail" | "judge">, metric: Metric, answered: readonly AnsweredRecord[], also: readonly Metric[] = [], guard?: AnsweredGuardRail): PlanReport {
  const records = judgeRecords(answered, metric, made.slices);
  const { createdAt, plan, dataset, training, candidates, options, slices, looks, breakEven } = made;
  const guardRail = guard && { dataset: guard.dataset, ...named(guard.metric, guard.also), records: judgeRecords(guard.answered, guard.metric) };
  return {
    format: "tunesmith-evaluation", version: 2, createdAt, plan, dataset, ...(training ? { training } : {}), candidates, options, ...named(metric, also), ...(slices ? { slices } : {}), ...(looks === undefined ? {} : { looks }), ...(breakEven ? { breakEven } : {}),
    summary: sumUpPlan(candidates, records, also, guardRail), records, ...(guardRail ? { guardRail } : {}),
  };
}

/** Sums up the records of a report, in which `also` are judged together with its first metric, and what its guard rail shows. */
export function sumUpPlan(candidates: readonly ReportedCandidate[], records: readonly PlanRecord[], also: readonly Metric[], guardRail?: PlanReport["guardRail"]): PlanReport["summary"] {
  const summary = summarisePlan(candidates, records.map(({ outcomes }) => outcomes.map(isRight)), also.flatMap((each) => pValuesOf(each, records, candidates.length)), conversationsOf(records));
  return guardRail ? { ...summary, words: `${summary.words} ${describeGuardRail(guardRail, candidates)}` } : summary;
}

/** The answers to the guard-rail set, with the metrics that judge them. */
export interface AnsweredGuardRail {
  readonly dataset: PlanReport["dataset"];
  readonly metric: Metric;
  readonly also: readonly Metric[];
  readonly answered: readonly AnsweredRecord[];
}

function judgeRecords(answered: readonly AnsweredRecord[], metric: Metric, slices?: readonly string[]): readonly PlanRecord[] {
  return answered.map(({ record, outcomes }) => ({ ...asked(record, slices), outcomes: outcomes.map((outcome) => judgeOutcome(outcome, record, metric)) }));
}

function named({ id }: Metric, also: readonly Metric[]): Pick<PlanReport, "metric" | "also"> {
  return { metric: id, ...(also.length === 0 ? {} : { also: also.map((each) => each.id) }) };
}

/** The p values of a metric's tests of each candidate against the first. */
function pValuesOf(metric: Metric, records: readonly PlanRecord[], candidates: number): readonly number[] {
  const measured = measureCandidates(metric, records);
  return Array.from({ length: candidates - 1 }, (_, index) => pValue({ ...metric, pairs: pairsOf(measured, 0, index + 1) }));
}

/**
 * Sums up which candidate was right on which record (undefined without an answer), candidates in the order of the plan. Better and worse mean what they mean in every
 * verdict, with the test corrected by Holm's method for the number of candidates that are compared with the first. `others` are the p values of the metrics that are judged
 * together with this one, for the same correction; `conversations` are those that records share, as `conversationsOf` tells them.
 */
export function summarisePlan(candidates: readonly ReportedCandidate[], right: readonly (readonly (boolean | undefined)[])[], others: readonly number[] = [], conversations: readonly (string | undefined)[] = []): PlanReport["summary"] {
  const against = (baseline: number, candidate: number): Summary => summarise(right.map((row, index) => ({ base: row[baseline], tuned: row[candidate], conversation: conversations[index] })));
  const compared = candidates.slice(1).map((_, index) => against(0, index + 1));
  const { adjusted } = holm({ p_values: [...compared.map(({ p }) => p), ...others], alpha });
  const comparisons = compared.map(({ answered, difference, p, verdict, conversations: shared }, index): AgainstBaseline => {
    const own = adjusted[index] ?? Number.NaN;
    return { outcome: own < alpha ? verdict.outcome : "cannot-tell", answered, ...(shared === undefined ? {} : { conversations: shared }), difference, p, adjusted: own };
  });
  const summaries = candidates.map((_, index): CandidateSummary => {
    const own = right.map((row) => row[index]);
    const { n, mean, ...interval } = meanOf(own.map((each) => (each === undefined ? undefined : Number(each))), "pass-fail", conversations);
    const comparison = comparisons[index - 1];
    return { accuracy: { right: own.filter(Boolean).length, n, rate: mean, ...interval }, unanswered: right.length - n, ...(comparison ? { comparison } : {}) };
  });
  return { candidates: summaries, words: whatWon(candidates, summaries, (one, other) => against(other, one)) };
}

/** What made the difference, in words: the best that is better than the baseline, and those that cannot be told from it. */
function whatWon(candidates: readonly ReportedCandidate[], summaries: readonly CandidateSummary[], against: (one: number, other: number) => Summary): string {
  const baseline = candidates[0]?.name ?? "";
  const indices = (outcome: AgainstBaseline["outcome"]): number[] => summaries.flatMap(({ comparison }, index) => (comparison?.outcome === outcome ? [index] : []));
  const names = (among: readonly number[]): string => listed(among.map((index) => `${candidates[index]?.name} (${means(candidates[index])})`));
  const better = indices("better").sort((a, b) => (summaries[b]?.accuracy.rate ?? 0) - (summaries[a]?.accuracy.rate ?? 0));
  const worse = indices("worse");
  const harm = worse.length === 0 ? "" : ` Worse than ${baseline}: ${names(worse)}.`;
  const [best, ...rest] = better;
  if (best === undefined) return `Nothing was shown to be better than ${baseline}.${harm}`;
  const equal = rest.filter((index) => against(best, index).verdict.outcome !== "better");
  if (equal.length > 0) return `Better than ${baseline}: ${names([best, ...equal])}; which of them is best cannot be told.${harm}`;
  return `${capital(means(candidates[best]))} won: ${candidates[best]?.name} is better than ${baseline}${rest.length > 0 ? `, and than ${names(rest)}` : ""}.${harm}`;
}

/** By what a candidate differs from a plain base model. */
function means({ tuned = false, fewShot, retrieval }: Partial<ReportedCandidate> = {}): string {
  const asked = retrieval !== undefined ? "retrieval" : fewShot !== undefined ? "prompting with examples" : "";
  if (tuned) return asked === "" ? "tuning" : `tuning and ${asked} together`;
  return asked === "" ? "another model" : asked;
}

function isRight(outcome: JudgedOutcome): boolean | undefined {
  return "failure" in outcome ? undefined : outcome.right;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

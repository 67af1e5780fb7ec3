import { conversationsOf } from "./conversations.ts";
import { holm } from "./statistics/holm.ts";
import type { PlanRecord } from "./plan-record.ts";
import type { Report } from "./report.ts";
import { viewOf } from "./view-of-report.ts";
import type { SavedReport } from "./saved-report.ts";
import { points } from "./sections/words.ts";
import { summarise, type Summary } from "./summary.ts";

/** A candidate of a report beside the one of an earlier report that stands for it, on the records that both reports have. */
export interface EarlierComparison {
  readonly outcome: Summary["verdict"]["outcome"];
  /** Records that both reports have and both models answered. */
  readonly records: number;
  /** Now minus then, with the interval that a summary has. */
  readonly difference: Summary["difference"];
  /** Of the test that a summary has; of several candidates corrected by Holm's method for their number. */
  readonly p: number;
  readonly words: string;
  /** Lines of the later report whose records were right before and are not any more, and the other way round. */
  readonly lost: readonly number[];
  readonly won: readonly number[];
}

/** A candidate of a plan beside itself; `then` is its earlier name where that was another. */
export interface CandidateThen extends EarlierComparison {
  readonly name: string;
  readonly then: string;
}

const alpha = 0.05;

/**
 * Compares the tuned model of `now` with that of `earlier`, record by record: a record is the same when its question and its reference are, whatever line it
 * stands on. Better and worse mean what they mean in every verdict. Throws an Error for the user when the reports have no record in common.
 */
export function compareWithEarlier(now: Report, earlier: Report): EarlierComparison {
  const { summary, lost, won } = pairUp(now, 1, earlier, 1);
  return { ...describe("the model", summary, summary.p), lost, won };
}

/**
 * Compares the candidates of two reports. One stands for that of the same name that is asked in the same way, else for the only other one that is asked in the same way, because a
 * model that was tuned anew has another name, else for that of the same name. Of two reports of one model against its base, only the tuned models are compared. Throws an Error for the user when no candidate, or no record, is in both,
 * or the reports were judged by different metrics.
 */
export function compareCandidates(now: SavedReport, earlier: SavedReport): readonly CandidateThen[] {
  if (now.metric !== earlier.metric) throw new Error(`The earlier report was judged by the metric "${earlier.metric}" and the later by "${now.metric}", so that right does not mean the same. Evaluate with the same metric.`);
  const pairs = partners(now, earlier);
  if (pairs.length === 0) throw new Error("The two reports have no candidate in common, so that nothing can be compared. Choose runs of one plan.");
  const compared = pairs.map(([index, before]) => ({ name: viewOf(now).candidates[index]?.name ?? "", then: viewOf(earlier).candidates[before]?.name ?? "", ...pairUp(now, index, earlier, before) }));
  const { adjusted } = holm({ p_values: compared.map(({ summary }) => summary.p), alpha });
  return compared.map(({ name, then, summary, lost, won }, index) => ({ name, then, ...describe(name, summary, adjusted[index] ?? Number.NaN), lost, won }));
}

/** Which candidate stands for which earlier one, by their places. */
function partners(now: SavedReport, earlier: SavedReport): readonly (readonly [number, number])[] {
  if (now.version === 1 && earlier.version === 1) return [[1, 1]];
  const [ours, theirs] = [marksOf(now), marksOf(earlier)];
  const pairs = new Map<number, number>();
  const alike = [(one: Marks, other: Marks) => one.name === other.name && one.way === other.way, (one: Marks, other: Marks) => one.way === other.way, (one: Marks, other: Marks) => one.name === other.name];
  for (const isAlike of alike) {
    const left = ours.filter(({ index }) => !pairs.has(index));
    const free = theirs.filter(({ index }) => ![...pairs.values()].includes(index));
    for (const one of left) {
      const [other, second] = free.filter((each) => isAlike(one, each));
      // Where several could be meant, none is.
      if (other && !second && left.filter((each) => isAlike(each, other)).length === 1) pairs.set(one.index, other.index);
    }
  }
  return [...pairs].sort(([one], [other]) => one - other);
}

/** By what a candidate is told from others: its name, and how it is asked and whether it was tuned. */
interface Marks {
  readonly index: number;
  readonly name: string;
  readonly way: string;
}

function marksOf(report: SavedReport): readonly Marks[] {
  return viewOf(report).candidates.map(({ name }, index) => {
    const { tuned = false, fewShot, retrieval } = report.version === 2 ? (report.candidates[index] ?? {}) : { tuned: index === 1 };
    return { index, name, way: JSON.stringify([tuned, fewShot ?? null, retrieval ?? null]) };
  });
}

function pairUp(now: SavedReport, index: number, earlier: SavedReport, before: number): { readonly summary: Summary; readonly lost: readonly number[]; readonly won: readonly number[] } {
  const then = new Map(viewOf(earlier).records.map((record) => [keyOf(record), record]));
  const { records } = viewOf(now);
  const conversations = conversationsOf(records);
  const pairs = records.flatMap((record, place) => {
    const other = then.get(keyOf(record));
    return other ? [{ line: record.line, base: judgement(other, before), tuned: judgement(record, index), conversation: conversations[place] }] : [];
  });
  if (pairs.length === 0) throw new Error("The two reports have no record in common, so that nothing can be compared. Evaluate the same test file for both.");
  return {
    summary: summarise(pairs), lost: pairs.flatMap(({ line, base, tuned }) => (base === true && tuned === false ? [line] : [])), won: pairs.flatMap(({ line, base, tuned }) => (base === false && tuned === true ? [line] : [])),
  };
}

function describe(who: string, { answered, difference, verdict, base, tuned }: Summary, p: number): Omit<EarlierComparison, "lost" | "won"> {
  const outcome = p < alpha ? verdict.outcome : "cannot-tell";
  const measured = answered === 0 ? "no record was answered both times." : `it has ${tuned.right} of ${answered} records right and had ${base.right}, a difference of ${points(difference.difference)} points (95 % interval ${points(difference.low)} to ${points(difference.high)}, p ${p < 0.0001 ? "< 0.0001" : `= ${p.toFixed(4)}`}).`;
  const word = { better: `${who} is better than before`, worse: `${who} is worse than before`, "cannot-tell": `it cannot be told that ${who} is better or worse than before` }[outcome];
  return { outcome, records: answered, difference, p, words: `${word}: ${measured}` };
}

function keyOf({ prompt, reference }: Pick<PlanRecord, "prompt" | "reference">): string {
  return JSON.stringify([prompt.map(({ role, content, tool_calls: calls }) => [role, content, ...(calls ? [calls] : [])]), reference]);
}

function judgement({ outcomes }: PlanRecord, index: number): boolean | undefined {
  const outcome = outcomes[index];
  return !outcome || "failure" in outcome ? undefined : outcome.right;
}

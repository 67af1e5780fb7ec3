import { conversationsOf } from "./conversations.ts";
import { compareOutcomes, type Comparison } from "./comparison.ts";
import type { MeasuredCandidate } from "./judge-plan.ts";
import { meanOf } from "./mean-of.ts";
import { labelsOf } from "./label-scores.ts";
import { foldLabel } from "./metrics/text/fold-label.ts";
import type { PlanRecord } from "./plan-record.ts";
import type { ReportView } from "./report-view.ts";
import { holm } from "./statistics/holm.ts";

/** The records that share a property, and how the candidates did on them. */
export interface Slice {
  /** `label`, `length`, `system prompt`, or the name of a field. */
  readonly by: string;
  readonly value: string;
  readonly lines: readonly number[];
  /** Whether so few records show large differences only. */
  readonly small: boolean;
  /** In the order of the report: the share that is right of what each answered, with Wilson's interval. */
  readonly candidates: readonly Omit<MeasuredCandidate, "against">[];
  /** Each candidate but the first against the first, on the records that both answered; undefined of the first. */
  readonly against: readonly (SliceComparison | undefined)[];
}

export interface SliceComparison {
  readonly outcome: "better" | "worse" | "cannot-tell";
  readonly comparison: Comparison;
  /** By Holm's method for all slices and candidates. */
  readonly adjusted: number;
}

/** With fewer records a slice is called small. */
export const smallSlice = 30;
const alpha = 0.05;
/** More different values make a field no property that records share. */
const mostValues = 100;

/**
 * The score by the first metric for each label, third of the questions by length, system prompt and value of the report's fields, where there are at least two. Those that
 * became worse come first, then by difference, the most negative first. Better and worse mean what they mean in every verdict, with one correction for all slices.
 */
export function judgeSlices(view: ReportView): readonly Slice[] {
  const groups = groupsOf(view);
  const shared = conversationsOf(view.records);
  const places = new Map(view.records.map((record, place) => [record, place]));
  const judged = groups.map(({ by, value, records }) => {
    const conversations = records.map((record) => shared[places.get(record) ?? -1]);
    const values = view.candidates.map((_, index) => records.map((record) => rightness(record, index)));
    const comparisons = values.map((own, index) => (index === 0 ? undefined : comparePairs(values[0] ?? [], own, conversations)));
    return { by, value, lines: records.map(({ line }) => line), small: records.length < smallSlice, candidates: values.map((own) => meanOf(own, "pass-fail", conversations)), comparisons };
  });
  const { adjusted } = holm({ p_values: judged.flatMap(({ comparisons }) => comparisons.map((each) => (each && each.n > 0 ? each.p : Number.NaN))), alpha });
  return judged
    .map(({ comparisons, ...slice }, place): Slice => ({ ...slice, against: comparisons.map((each, index) => each && decide(each, adjusted[place * view.candidates.length + index] ?? Number.NaN)) }))
    .sort((a, b) => Number(worse(b)) - Number(worse(a)) || lowest(a) - lowest(b));
}

function decide(comparison: Comparison, adjusted: number): SliceComparison {
  const sure = adjusted < alpha && (comparison.low > 0 || comparison.high < 0);
  return { outcome: !sure ? "cannot-tell" : comparison.difference > 0 ? "better" : "worse", comparison, adjusted };
}

function worse({ against }: Slice): boolean {
  return against.some((each) => each?.outcome === "worse");
}

/** A slice that nothing is known of comes last. */
function lowest({ against }: Slice): number {
  return Math.min(2, ...against.flatMap((each) => (each && !Number.isNaN(each.comparison.difference) ? [each.comparison.difference] : [])));
}

function rightness({ outcomes }: PlanRecord, index: number): number | undefined {
  const outcome = outcomes[index];
  return !outcome || "failure" in outcome ? undefined : Number(outcome.right);
}

function comparePairs(first: readonly (number | undefined)[], own: readonly (number | undefined)[], conversations: readonly (string | undefined)[]): Comparison {
  const pairs = own.flatMap((candidate, index) => (candidate === undefined || first[index] === undefined ? [] : [{ baseline: first[index], candidate, conversation: conversations[index] ?? index }]));
  return compareOutcomes({ kind: "pass-fail", baseline: pairs.map(({ baseline }) => baseline), candidate: pairs.map(({ candidate }) => candidate), clusters: pairs.map(({ conversation }) => conversation) });
}

interface Group {
  readonly by: string;
  readonly value: string;
  readonly records: readonly PlanRecord[];
}

function groupsOf(view: ReportView): readonly Group[] {
  const labels = new Map(labelsOf(view)?.map((label) => [foldLabel(label), label]));
  const properties: readonly (readonly [string, (record: PlanRecord) => string | undefined])[] = [
    ["label", ({ reference }) => labels.get(foldLabel(reference))], ["length", lengthThird(view.records)], ["system prompt", systemPrompt],
    ...(view.slices ?? []).map((field) => [field, ({ fields }: PlanRecord) => fields?.[field]] as const),
  ];
  return properties.flatMap(([by, of]) => {
    const values = new Map<string, PlanRecord[]>();
    for (const record of view.records) {
      const value = of(record);
      if (value === undefined) continue;
      const known = values.get(value);
      if (known) known.push(record);
      else if (values.size <= mostValues) values.set(value, [record]);
    }
    return values.size < 2 || values.size > mostValues ? [] : [...values].map(([value, records]) => ({ by, value, records }));
  });
}

/** Thirds by the characters of what was asked, without system messages; questions of one length are in one third. */
function lengthThird(records: readonly PlanRecord[]): (record: PlanRecord) => string {
  const sorted = Float64Array.from(records, lengthOf).sort();
  const [first = 0, second = 0] = [1, 2].map((third) => sorted[Math.ceil((third * records.length) / 3) - 1]);
  return (record) => {
    const length = lengthOf(record);
    if (length <= first) return `short, up to ${first} characters`;
    return length <= second ? `medium, up to ${second} characters` : `long, above ${second} characters`;
  };
}

function lengthOf({ prompt }: PlanRecord): number {
  return prompt.reduce((sum, { role, content }) => sum + (isSystem(role) ? 0 : Array.from(content).length), 0);
}

function systemPrompt({ prompt }: PlanRecord): string {
  return prompt.filter(({ role }) => isSystem(role)).map(({ content }) => content).join("\n") || "(none)";
}

function isSystem(role: string): boolean {
  return role === "system" || role === "developer";
}

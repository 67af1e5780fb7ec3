import { axisOf, histogram, type Axis } from "./distribution.ts";
import { countValues, type Insights, type Measure, type Trait } from "./insights.ts";
import { firstValue, furtherValue, noValue, type Values } from "./value-table.ts";

/** Which records a bar stands for. */
export type Selection =
  | { readonly chart: Measure; /** Left out where the bar has no end. */ readonly below?: number; readonly from: number }
  /** Those that have one value. */
  | { readonly chart: Trait; readonly has: string }
  /** Those that have none. */
  | { readonly chart: Trait; readonly hasNone: true }
  /** Those that have one, but none of these. */
  | { readonly chart: Trait; readonly hasNoneOf: readonly string[] };

export interface Bar {
  readonly label: string;
  readonly selection: Selection;
  /** Records of each file. */
  readonly counts: readonly number[];
}

export interface Chart {
  readonly id: Measure | Trait;
  readonly title: string;
  /** What it shows in words, a sentence for each file. */
  readonly notes: readonly string[];
  readonly bars: readonly Bar[];
}

/** Bars of values, and of labels, of which there may be many. */
const mostBars = { label: 200, other: 50 };

const measureTitles: Readonly<Record<Measure, string>> = { tokens: "Tokens", turns: "Turns", characters: "Characters" };
const traitTitles: Readonly<Record<Trait, { readonly title: string; readonly none: string }>> = {
  label: { title: "Labels", none: "a long answer, or none" },
  role: { title: "Roles", none: "nobody" },
  system: { title: "System prompts", none: "no system prompt" },
  language: { title: "Languages", none: "cannot be told" },
  toolUse: { title: "Tool use", none: "no tools" },
  tool: { title: "Tools called", none: "none" },
};

/** The charts of one file, or of several with the same axes. A chart that would have nothing to tell is left out. */
export function chartsOf(files: readonly Insights[]): readonly Chart[] {
  return [
    ...(["tokens", "turns", "characters"] as const).map((measure) => measureChart(measure, files)),
    ...(["role", "label", "system", "language", "toolUse", "tool"] as const).flatMap((trait) => traitChart(trait, files)),
  ];
}

/** The lines of the records that a bar stands for, in their order. */
export function linesOf(insights: Insights, selection: Selection): Uint32Array {
  const { lines } = insights;
  if ("from" in selection) {
    const measured = insights.measured[selection.chart];
    const { from, below = Infinity } = selection;
    return lines.filter((_, record) => (measured[record] ?? 0) >= from && (measured[record] ?? 0) < below);
  }
  const values = insights.values[selection.chart];
  const chosen = new Uint8Array(values.table.length + firstValue);
  if ("hasNone" in selection) chosen[noValue] = 1;
  else if ("has" in selection) values.table.forEach((value, place) => (value.members ?? [value.key]).includes(selection.has) && (chosen[place + firstValue] = 1));
  else {
    const others = new Set(selection.hasNoneOf);
    chosen[furtherValue] = 1;
    values.table.forEach((value, place) => (value.members ?? [value.key]).every((each) => !others.has(each)) && (chosen[place + firstValue] = 1));
  }
  return lines.filter((_, record) => chosen[values.ids[record] ?? 0] === 1);
}

/** A bar in words: what the records that it stands for have in common. */
export function describeSelection(selection: Selection, label: string): string {
  return "from" in selection ? `${measureTitles[selection.chart].toLowerCase()}: ${label}` : `${traitTitles[selection.chart].title.toLowerCase()}: ${label}`;
}

function measureChart(measure: Measure, files: readonly Insights[]): Chart {
  const axis = axisOf(files.map(({ distributions }) => distributions[measure]));
  const counts = files.map(({ measured }) => histogram(measured[measure], axis));
  return {
    id: measure, title: measureTitles[measure],
    notes: files.map(({ distributions, lines }) => {
      const { count, sum, median, percentile95, most, largest } = distributions[measure];
      return count === 0 ? "No records." : `${number(sum)} in all; median ${number(median)}, 95th percentile ${number(percentile95)}, most ${number(most)} (line ${number((lines[largest] ?? 0) + 1)}).`;
    }),
    bars: Array.from({ length: axis.bars }, (_, bar) => ({ ...barOf(measure, axis, bar), counts: counts.map((each) => each[bar] ?? 0) })),
  };
}

function barOf(chart: Measure, { from, step, bars, isOpen }: Axis, bar: number): Pick<Bar, "label" | "selection"> {
  const first = from + bar * step;
  if (isOpen && bar === bars - 1) return { label: `${number(first)} and more`, selection: { chart, from: first } };
  return { label: step === 1 ? number(first) : `${number(first)}–${number(first + step - 1)}`, selection: { chart, from: first, below: first + step } };
}

function traitChart(trait: Trait, files: readonly Insights[]): readonly Chart[] {
  if (trait === "label" && !files.some(hasLabels)) return [];
  const counted = files.map(({ values }) => countMembers(values[trait]));
  const keys = new Map<string, { readonly text: string; total: number }>();
  for (const { members } of counted) {
    for (const [key, { text, count }] of members) {
      const known = keys.get(key) ?? { text, total: 0 };
      known.total += count;
      keys.set(key, known);
    }
  }
  if (keys.size === 0 && trait !== "system") return [];
  const { title, none } = traitTitles[trait];
  const sorted = [...keys].sort(([, a], [, b]) => b.total - a.total);
  const listed = sorted.slice(0, trait === "label" ? mostBars.label : mostBars.other);
  const bars: Bar[] = listed.map(([key, { text }]) => ({ label: shownValue(trait, text), selection: { chart: trait, has: key }, counts: counted.map(({ members }) => members.get(key)?.count ?? 0) }));
  const listedKeys = listed.map(([key]) => key);
  const rest = files.map(({ values }) => countNoneOf(values[trait], listedKeys));
  if (rest.some((count) => count > 0)) bars.push({ label: sorted.length > listed.length ? `${number(sorted.length - listed.length)} others${counted.some(({ further }) => further > 0) ? " and more" : ""}` : "others", selection: { chart: trait, hasNoneOf: listedKeys }, counts: rest });
  if (trait !== "role" && trait !== "tool" && counted.some(({ without }) => without > 0)) bars.push({ label: none, selection: { chart: trait, hasNone: true }, counts: counted.map(({ without }) => without) });
  return [{ id: trait, title, notes: counted.map(({ members, further }, file) => describe(trait, members.size, further > 0, files[file]?.records ?? 0)), bars }];
}

interface Counted {
  readonly members: ReadonlyMap<string, { readonly text: string; readonly count: number }>;
  readonly without: number;
  readonly further: number;
}

function countMembers(values: Values): Counted {
  const counts = countValues(values);
  const members = new Map<string, { text: string; count: number }>();
  values.table.forEach(({ key, text, members: own }, place) => {
    for (const each of own ?? [key]) {
      const known = members.get(each) ?? { text: own ? each : text, count: 0 };
      known.count += counts[place + firstValue] ?? 0;
      members.set(each, known);
    }
  });
  return { members, without: counts[noValue] ?? 0, further: counts[furtherValue] ?? 0 };
}

function countNoneOf(values: Values, listed: readonly string[]): number {
  const counts = countValues(values);
  const known = new Set(listed);
  return values.table.reduce((sum, { key, members }, place) => ((members ?? [key]).some((each) => known.has(each)) ? sum : sum + (counts[place + firstValue] ?? 0)), counts[furtherValue] ?? 0);
}

/** Answers are labels where four in five of them are short and each was met three times on average. */
function hasLabels({ values: { label }, answers }: Insights): boolean {
  const counts = countValues(label);
  const short = label.ids.length - (counts[noValue] ?? 0);
  return (counts[furtherValue] ?? 0) === 0 && short > 0 && short >= 0.8 * answers && short >= 3 * label.table.length;
}

function describe(trait: Trait, different: number, more: boolean, records: number): string {
  if (records === 0) return "No records.";
  const many = `${number(different)}${more ? " and more" : ""}`;
  if (trait === "toolUse") return different === 0 ? "No record has tools." : "";
  if (trait === "role") return "";
  if (trait === "system" && different === 0) return "No record has one.";
  const [one, several] = { label: ["label", "labels"], system: ["system prompt", "system prompts"], language: ["language", "languages"], tool: ["tool", "tools"] }[trait] ?? ["", ""];
  return `${many} ${different === 1 ? one : `different ${several}`}.`;
}

const toolUseTexts: Readonly<Record<string, string>> = { called: "calls a tool", declared: "declares tools, calls none" };

function shownValue(trait: Trait, text: string): string {
  if (trait === "toolUse") return toolUseTexts[text] ?? text;
  if (trait === "language") return new Intl.DisplayNames("en", { type: "language" }).of(text) ?? text;
  return text.trim() === "" ? JSON.stringify(text) : text;
}

function number(value: number): string {
  return value.toLocaleString("en");
}

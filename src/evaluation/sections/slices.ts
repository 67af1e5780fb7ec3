import { judgeSlices, smallSlice, type Slice } from "../slices.ts";
import type { ReportView } from "../report-view.ts";
import type { Section } from "./section.ts";
import { adjustedP, outcomeWords, percent, points, short } from "./words.ts";

/** As many slices are listed, those that became worse first. */
const most = 40;

/** The score apart for each label, length, system prompt and named field; undefined where there is nothing to tell apart. */
export function slicesSection(view: ReportView): Section | undefined {
  const slices = judgeSlices(view);
  if (slices.length === 0) return undefined;
  const worse = slices.filter(({ against }) => against.some((each) => each?.outcome === "worse"));
  return {
    title: "Slices",
    paragraphs: [
      worse.length === 0 ? `None of ${slices.length} slices was shown to have become worse; all are corrected for together.` : `Shown to have become worse, of ${slices.length} slices that are corrected for together: ${worse.map((slice) => describeWorse(slice, view)).join("; ")}.`,
      ...(slices.some(({ small }) => small) ? [`Slices of under ${smallSlice} records are marked small: they show large differences only.`] : []),
    ],
    tables: [{
      ...(slices.length > most ? { title: `The first ${most} of ${slices.length}` } : {}),
      head: ["Slice", "Records", ...view.candidates.map(({ name }) => name), ...view.candidates.slice(1).map(({ name }) => `${name} against ${view.candidates[0]?.name ?? ""}`)],
      rows: slices.slice(0, most).map((slice) => [
        named(slice), `${slice.lines.length}${slice.small ? ", small" : ""}`,
        ...slice.candidates.map(({ n, mean, low, high }) => (n === 0 ? "undefined" : `${percent(mean)} (${percent(low)} to ${percent(high)})`)),
        ...slice.against.slice(1).map((each) => (each ? compared(each) : "")),
      ]),
    }],
  };
}

function named({ by, value }: Slice): string {
  return `${by}: ${short(value, 60)}`;
}

function describeWorse(slice: Slice, view: ReportView): string {
  return `${named(slice)} (${slice.against.flatMap((each, index) => (each?.outcome === "worse" ? [`${view.candidates[index]?.name} ${points(each.comparison.difference)} points, ${points(each.comparison.low)} to ${points(each.comparison.high)}`] : [])).join(", ")})`;
}

function compared({ outcome, comparison, adjusted }: NonNullable<Slice["against"][number]>): string {
  if (Number.isNaN(comparison.difference)) return outcomeWords[outcome];
  return `${outcomeWords[outcome]}: ${points(comparison.difference)} points (${points(comparison.low)} to ${points(comparison.high)}), ${adjustedP(adjusted)}`;
}

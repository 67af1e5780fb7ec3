import type { MeasuredCandidate, PlanMetric } from "../../src/evaluation/judge-plan.ts";
import type { Overview, ShownAnalysis } from "../../src/protocol/evaluation-panel.ts";
import { element, type Child } from "../ui/element.ts";
import { interval, isDefined, percent, points, probability, signedNumber } from "./format.ts";
import { modelNames } from "./names.ts";
import { outcomeMark } from "./outcome-mark.ts";
import { card } from "./parts.ts";

/** The metrics that two models were judged by together; nothing where there is one alone, which the rest of the page shows. */
export function metricsView(overview: Overview, analysis: ShownAnalysis | undefined): readonly HTMLElement[] {
  if (!overview.setting.also) return [];
  if (!analysis) return [card("Metrics", element("p", { class: "muted", text: "Working out the intervals…" }))];
  return [card("Metrics, judged together", element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": "Table of metrics" } },
    element("table", { class: "figures metrics" },
      element("caption", { class: "visually-hidden", text: "What each metric gave for both models, and what that shows" }),
      element("thead", {}, element("tr", {}, ...["Metric", ...modelNames(overview), "Difference"].map((text) => element("th", { text, attributes: { scope: "col" } })))),
      element("tbody", {}, ...analysis.metrics.map((metric) => element("tr", {},
        element("th", { attributes: { scope: "row", title: metric.explanation } }, metric.title, ...unsuited(metric)),
        ...metric.candidates.map((measured) => element("td", {}, ...meanOf(measured, metric.kind))),
        element("td", {}, ...againstOf(metric.candidates.at(-1), metric.kind)),
      ))),
    )))];
}

/** The mean of a metric with its interval. */
export function meanOf({ mean, low, high }: Pick<MeasuredCandidate, "mean" | "low" | "high">, kind: PlanMetric["kind"]): readonly Child[] {
  if (!isDefined(mean)) return [element("span", { class: "muted", text: "undefined" })];
  if (kind === "pass-fail") return [element("b", { text: percent(mean) }), " ", element("small", { class: "muted", text: interval(low, high) })];
  const ends = isDefined(low) && isDefined(high) ? `${low.toFixed(3)} to ${high.toFixed(3)}` : "interval undefined";
  return [element("b", { text: mean.toFixed(3) }), " ", element("small", { class: "muted", text: ends })];
}

/** What the comparison with the first candidate shows, with the numbers that it rests on. */
export function againstOf(measured: MeasuredCandidate | undefined, kind: PlanMetric["kind"]): readonly Child[] {
  if (!measured?.against) return [element("span", { class: "muted", text: "baseline" })];
  const { outcome, comparison: { difference, low, high, test }, adjusted } = measured.against;
  return [outcomeMark(outcome), " ", element("small", { text: `${differenceOf(difference, low, high, kind)}, ${test} p ${probability(adjusted)} (Holm)` })];
}

/** A difference with its interval, of rates in percentage points and of scores as it is. */
export function differenceOf(difference: number | null, low: number | null, high: number | null, kind: PlanMetric["kind"]): string {
  if (!isDefined(difference)) return "undefined";
  const one = (value: number): string => (kind === "pass-fail" ? signedNumber(value * 100) : `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`);
  const ends = isDefined(low) && isDefined(high) ? ` (${one(low)} to ${one(high)})` : "";
  return kind === "pass-fail" ? `${points(difference)}${ends}` : `${one(difference)}${ends}`;
}

function unsuited({ unsuited: { records, reason } }: PlanMetric): readonly Child[] {
  return records === 0 ? [] : [" ", element("small", { class: "muted", text: `undefined for ${records.toLocaleString()}: ${reason ?? ""}` })];
}

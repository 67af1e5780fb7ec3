import type { Overview } from "../../src/protocol/evaluation-panel.ts";
import { element } from "../ui/element.ts";
import { intervalChart } from "../ui/interval-chart.ts";
import { isDefined, points, probability, signedNumber } from "./format.ts";
import { modelNames } from "./names.ts";
import { card, definitions } from "./parts.ts";

/** Axes of the difference whose halves are round numbers too. */
const reaches = [0.1, 0.2, 0.4, 0.6, 0.8] as const;

/** How far an axis of differences goes to either side for these ends of intervals. */
export function reachOf(ends: readonly (number | null)[]): number {
  const most = Math.max(0, ...ends.filter(isDefined).map(Math.abs));
  return reaches.find((each) => most <= each) ?? 1;
}

/** How much more often one of the two is right than the other. */
export function difference(overview: Overview): HTMLElement {
  const { summary } = overview;
  const [base, tuned] = modelNames(overview);
  const { difference: point, low, high } = summary.difference;
  const reach = reachOf([low, high]);
  const level = `${summary.confidence * 100} %`;
  return card(
    overview.plan ? `Difference, ${tuned} minus ${base}` : "Difference, tuned minus base",
    summary.answered === 0 ? undefined : intervalChart({
      rows: [{ name: overview.plan ? `${tuned} − ${base}` : "Tuned − base", point, low, high, tone: "difference" }], from: -reach, to: reach, ticks: [-reach, -reach / 2, 0, reach / 2, reach], mark: 0,
      description: `Difference ${points(point)}, ${level} interval ${points(low)} to ${points(high)}; ${low > 0 || high < 0 ? "the interval excludes zero" : "the interval includes zero"}.`,
      format: (value) => signedNumber(value * 100).replace(".0", ""),
    }),
    definitions([
      ["Difference", points(point)],
      [`${level} interval (${summary.conversations === undefined ? "Newcombe" : "BCa bootstrap"})`, isDefined(low) ? `${signedNumber(low * 100)} to ${signedNumber(high * 100)}` : "undefined"],
      [summary.conversations === undefined ? "Exact McNemar p" : "Wilcoxon p, by conversation", probability(summary.p)],
      ...(summary.conversations === undefined ? [] : [["Conversations", summary.conversations.toLocaleString()] as const]),
    ]),
  );
}

/** On how many records which of the two was right. */
export function counts(overview: Overview): HTMLElement {
  const { summary } = overview;
  const [base, tuned] = modelNames(overview);
  const { both, only_candidate, only_baseline, neither } = summary.counts;
  const cell = (count: number, kind: string, label: string): HTMLElement => element("td", { class: kind, attributes: { "data-label": label } }, element("b", { text: count.toLocaleString() }), element("span", { text: label }));
  const heading = (scope: string, text: string): HTMLElement => element("th", { text, attributes: { scope } });
  return card(
    "Record by record",
    element("table", { class: "counts" },
      element("caption", { class: "visually-hidden", text: "How often each model was right on the same record" }),
      element("thead", {}, element("tr", {}, element("td", { attributes: { "aria-hidden": "true" } }), heading("col", `${base} right`), heading("col", `${base} wrong`))),
      element("tbody", {},
        element("tr", {}, heading("row", `${tuned} right`), cell(both, "same", "both right"), cell(only_candidate, "won", overview.plan ? `only ${tuned} right` : "only tuned right")),
        element("tr", {}, heading("row", `${tuned} wrong`), cell(only_baseline, "lost", overview.plan ? `only ${base} right` : "only base right"), cell(neither, "same", "neither right")),
      ),
    ),
    summary.unanswered > 0 ? element("p", { class: "warning", text: `${summary.unanswered} of ${summary.answered + summary.unanswered} records ${summary.unanswered === 1 ? "has" : "have"} no answer from one model or both, and ${summary.unanswered === 1 ? "is" : "are"} counted nowhere above.` }) : undefined,
  );
}

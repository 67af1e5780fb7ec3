import type { Overview, ShownAnalysis } from "../../src/protocol/evaluation-panel.ts";
import type { Usage } from "../../src/evaluation/usage.ts";
import { element, type Child } from "../ui/element.ts";
import { isDefined } from "./format.ts";
import { candidateNames } from "./names.ts";
import { card } from "./parts.ts";

/** The columns of what answers took, for a table that has a row for each candidate. */
export const usageHeadings: readonly (readonly [text: string, explanation: string])[] = [
  ["Time", "From the request to the whole answer: the median and the 95th percentile; not measured of answers by batch"], ["Tokens", "Of the question and of the answer, by the service's count, on average"],
  ["Cost of 1,000", "US dollars for a thousand records like these, at the price that the plan states"],
];

/** What the answers of one candidate took, a cell for each heading; what no answer tells is said to be unknown. */
export function usageCells({ p50, p95, promptTokens, answerTokens, costPerThousand }: Usage): readonly Child[] {
  const cell = (value: number | null, write: (known: number) => string, otherwise = "not known"): HTMLElement => element("td", isDefined(value) ? { text: write(value) } : { class: "muted", text: otherwise });
  return [
    cell(p50, (median) => `${seconds(median)} · ${seconds(p95)}`, "–"),
    cell(promptTokens, (asked) => `${Math.round(asked).toLocaleString()} + ${Math.round(answerTokens).toLocaleString()}`),
    cell(costPerThousand, (cost) => `$${cost < 1 ? cost.toPrecision(2) : cost.toFixed(2)}`),
  ];
}

/** The same for two models, where anything is known of it. */
export function usageView(overview: Overview, analysis: ShownAnalysis | undefined): readonly HTMLElement[] {
  if (!analysis?.usage.some(({ p50, promptTokens }) => isDefined(p50) || isDefined(promptTokens))) return [];
  const names = candidateNames(overview);
  return [card("What answers took", element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": "Table of what answers took" } },
    element("table", { class: "figures" },
      element("caption", { class: "visually-hidden", text: "Time and tokens of the answers of each model" }),
      element("thead", {}, element("tr", {}, element("th", { text: "Model", attributes: { scope: "col" } }), ...usageHeadings.map(([text, title]) => element("th", { text, attributes: { scope: "col", title } })))),
      element("tbody", {}, ...analysis.usage.map((usage, index) => element("tr", {}, element("th", { text: names[index] ?? "", attributes: { scope: "row" } }), ...usageCells(usage)))),
    )))];
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

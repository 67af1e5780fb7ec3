import type { Overview, ShownAnalysis, ShownSlice } from "../../src/protocol/evaluation-panel.ts";
import { element, type Child } from "../ui/element.ts";
import { interval, isDefined, percent } from "./format.ts";
import { differenceOf } from "./metrics-view.ts";
import { candidateNames } from "./names.ts";
import { outcomeMark } from "./outcome-mark.ts";
import { card } from "./parts.ts";
import type { SummaryActions } from "./summary-actions.ts";

const mostRows = 40;

/** The score of the two that are compared on records that share a label, a length, a system prompt or a field: what became worse first. */
export function slicesView(overview: Overview, { slices }: Pick<ShownAnalysis, "slices">, actions: SummaryActions): readonly HTMLElement[] {
  if (slices.length === 0) return [];
  const [base, candidate] = overview.plan?.pair ?? [0, 1];
  const names = candidateNames(overview);
  const worse = slices.filter(({ against }) => against[candidate]?.outcome === "worse").length;
  return [card("Score by slice",
    element("p", { class: "muted", text: `${worse === 0 ? `No slice was shown to be worse for ${names[candidate]}` : `${worse.toLocaleString()} ${worse === 1 ? "slice" : "slices"} became worse for ${names[candidate]}`}; each is corrected for the number of slices and candidates.` }),
    element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": "Table of slices" } },
      element("table", { class: "figures slices" },
        element("caption", { class: "visually-hidden", text: "How often both are right on records that share a property" }),
        element("thead", {}, element("tr", {}, ...["Slice", "Records", names[base] ?? "", names[candidate] ?? "", "Difference to the first"].map((text) => element("th", { text, attributes: { scope: "col" } })))),
        element("tbody", {}, ...slices.slice(0, mostRows).map((slice, index) => sliceRow(slice, index, base, candidate, actions))),
      )),
    slices.length > mostRows ? element("p", { class: "muted", text: `${(slices.length - mostRows).toLocaleString()} more slices are in the exported report.` }) : undefined)];
}

function sliceRow(slice: ShownSlice, index: number, base: number, candidate: number, actions: SummaryActions): HTMLElement {
  const { by, value, records, small } = slice;
  return element("tr", {},
    element("th", { attributes: { scope: "row" } }, element("small", { class: "muted", text: `${by}: ` }), element("span", { class: "slice-value", text: value })),
    element("td", {},
      element("button", { class: "link", text: records.toLocaleString(), attributes: { "aria-label": `Show the ${records.toLocaleString()} ${records === 1 ? "record" : "records"} with ${by} ${value}`, "data-key": `slice ${index}` }, on: { click: () => actions.showGroup({ slice: index }) } }),
      small ? element("small", { class: "small", text: " small", attributes: { title: "Fewer than 30 records show large differences only" } }) : undefined),
    rateCell(slice, base), rateCell(slice, candidate), element("td", {}, ...againstFirst(slice, candidate)));
}

function rateCell({ candidates }: ShownSlice, index: number): HTMLElement {
  const { mean = null, low = null, high = null } = candidates[index] ?? {};
  return element("td", {}, percent(mean), " ", isDefined(mean) ? element("small", { class: "muted", text: interval(low, high) }) : undefined);
}

function againstFirst({ against }: ShownSlice, index: number): readonly Child[] {
  const own = against[index];
  if (!own) return [element("span", { class: "muted", text: "baseline" })];
  const { difference, low, high } = own.comparison;
  return [outcomeMark(own.outcome), " ", element("small", { text: differenceOf(difference, low, high, "pass-fail") })];
}

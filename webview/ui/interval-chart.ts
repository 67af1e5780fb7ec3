import { element, svgElement } from "./element.ts";

/** A point and its interval on one row of the chart. */
export interface IntervalRow {
  readonly name: string;
  readonly point: number;
  readonly low: number;
  readonly high: number;
  /** Chooses the row's colour; the name tells the rows apart without it. */
  readonly tone: "base" | "tuned" | "difference";
}

export interface IntervalChart {
  readonly rows: readonly IntervalRow[];
  /** The ends of the axis. */
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** A value to be marked by a line through all rows: zero of a difference. */
  readonly mark?: number;
  /** The chart in words, for those who do not see it. */
  readonly description: string;
  readonly format: (value: number) => string;
}

const rowHeight = 34;
const axisHeight = 26;

/** Draws intervals as bars with a dot at the point. Positions are percentages, so that the chart follows the panel's width without being drawn again. */
export function intervalChart({ rows, from, to, ticks, mark, description, format }: IntervalChart): HTMLElement {
  const at = (value: number): string => `${(100 * (Math.min(to, Math.max(from, value)) - from)) / (to - from)}%`;
  const bottom = rows.length * rowHeight;
  const vertical = (kind: string, value: number): SVGElement => svgElement("line", { class: kind, attributes: { x1: at(value), x2: at(value), y1: 0, y2: bottom } });
  return element(
    "div", { class: "chart" },
    element("div", { class: "chart-names", attributes: { "aria-hidden": "true" } }, ...rows.map(({ name }) => element("span", { text: name, attributes: { title: name } }))),
    svgElement(
      "svg", { class: "chart-plot", attributes: { role: "img", "aria-label": description, height: bottom + axisHeight } },
      ...ticks.map((tick) => vertical("chart-grid", tick)),
      mark === undefined ? undefined : vertical("chart-mark", mark),
      ...rows.flatMap(({ point, low, high, tone }, index) => {
        const y = index * rowHeight + rowHeight / 2;
        return [
          svgElement("line", { class: `chart-interval ${tone}`, attributes: { x1: at(low), x2: at(high), y1: y, y2: y } }),
          ...[low, high].map((end) => svgElement("line", { class: `chart-end ${tone}`, attributes: { x1: at(end), x2: at(end), y1: y - 6, y2: y + 6 } })),
          svgElement("circle", { class: `chart-point ${tone}`, attributes: { cx: at(point), cy: y, r: 5 } }),
        ];
      }),
      ...ticks.map((tick) => svgElement("text", { class: "chart-tick", text: format(tick), attributes: { x: at(tick), y: bottom + 18, "text-anchor": tick <= from ? "start" : tick >= to ? "end" : "middle" } })),
    ),
  );
}

import { element, type Html } from "./element.ts";

/** A difference with its interval, from −1 to 1; NaN where there is none. */
export interface PlottedInterval {
  readonly name: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

const size = { width: 640, row: 28, names: 200, edge: 16 };

/** Differences against the first candidate with their intervals, on one axis from the smallest to the greatest, zero among them; undefined where there is none. */
export function intervalPlot(intervals: readonly PlottedInterval[], baseline: string): Html | undefined {
  const known = intervals.filter(({ low, high }) => !Number.isNaN(low) && !Number.isNaN(high));
  if (known.length === 0) return undefined;
  const [least, most] = [Math.min(0, ...known.map(({ low }) => low)), Math.max(0, ...known.map(({ high }) => high))];
  const x = (value: number): number => Math.round(size.names + size.edge + ((value - least) / (most - least || 1)) * (size.width - size.names - 2 * size.edge));
  const height = known.length * size.row + 40;
  const line = { stroke: "currentColor" };
  return element("svg", { viewBox: `0 0 ${size.width} ${height}`, width: size.width, height, role: "img", "aria-label": `Differences against ${baseline} with their intervals, which the table above has as numbers` },
    element("line", { ...line, x1: x(0), x2: x(0), y1: 4, y2: height - 32, "stroke-dasharray": "3 3" }),
    ...known.flatMap(({ name, difference, low, high }, index) => {
      const y = index * size.row + 18;
      return [
        element("text", { x: size.names, y: y + 5, "text-anchor": "end", fill: "currentColor", "font-size": 14 }, Array.from(name).length > 26 ? `${Array.from(name).slice(0, 25).join("")}…` : name),
        element("line", { ...line, "stroke-width": 2, x1: x(low), x2: x(high), y1: y, y2: y }), element("circle", { cx: x(difference), cy: y, r: 5, fill: "currentColor" }),
      ];
    }),
    ...[...new Set([least, 0, most])].map((value) => element("text", { x: x(value), y: height - 12, "text-anchor": "middle", fill: "currentColor", "font-size": 12 }, `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value * 100).toFixed(0)}`)));
}

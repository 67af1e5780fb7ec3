import type { JobReference } from "../../src/jobs/job.ts";
import type { JobOverview } from "../../src/protocol/job-panel.ts";
import { element, replaceContent, svgElement } from "../ui/element.ts";
import { chartsOf, figure, valueAt, type ChartData, type Line } from "./chart-data.ts";
import { createChart, patternOf, toneOf, type Chart } from "./chart.ts";
import { isSame, mostRuns, mostSmoothing, type Scale, type State } from "./state.ts";

export interface CurveActions {
  scale(scale: Scale): void;
  smooth(weight: number): void;
  add(job: JobReference): void;
  remove(job: JobReference): void;
}

export interface CurvesView {
  readonly root: HTMLElement;
  show(state: State): void;
  /** Draws again in the colours of another theme. */
  repaint(): void;
}

/** A chart with its table. */
interface Panel {
  readonly root: HTMLElement;
  readonly chart: Chart;
  show(data: ChartData, scale: Scale): void;
}

/** The curves with what chooses how they are drawn. Charts stay on the page while their numbers change. */
export function createCurvesView(actions: CurveActions): CurvesView {
  const controls = element("div", { class: "controls" });
  const charts = element("div", { class: "charts" });
  const empty = element("p", { class: "muted", text: "Nothing has been measured yet. Curves appear with the first step." });
  const root = element("section", { attributes: { "aria-labelledby": "curves-title" } }, element("h2", { text: "Curves", attributes: { id: "curves-title" } }), controls, empty, charts);
  const panels = new Map<string, Panel>();
  const smoothing = createSmoothing(actions);
  const scales = element("fieldset", {}, element("legend", { text: "Scale" }), ...(["linear", "log"] as const).map((scale) => element("label", {}, element("input", { attributes: { type: "radio", name: "scale", value: scale }, on: { change: () => actions.scale(scale) } }), ` ${scale}`)));
  const comparison = element("div", { class: "comparison" });
  controls.append(scales, smoothing.root, comparison);
  let shown: State | undefined;

  function show(state: State): void {
    const { overview, scale } = state;
    if (!overview) return;
    const data = chartsOf(overview, state);
    controls.hidden = data.length === 0;
    empty.hidden = data.length > 0;
    for (const input of scales.querySelectorAll("input")) input.checked = input.value === scale;
    smoothing.show(state.smoothing);
    if (shown?.runs !== state.runs || JSON.stringify(shown.overview?.others) !== JSON.stringify(overview.others)) replaceContent(comparison, ...comparisonOf(overview, state, actions));
    for (const [key, { root: gone, chart }] of panels) {
      if (data.some((each) => each.key === key)) continue;
      chart.dispose();
      gone.remove();
      panels.delete(key);
    }
    for (const each of data) {
      const panel = panels.get(each.key) ?? createPanel(each.key);
      panels.set(each.key, panel);
      if (charts.children[data.indexOf(each)] !== panel.root) charts.insertBefore(panel.root, charts.children[data.indexOf(each)] ?? null);
      panel.show(each, scale);
    }
    shown = state;
  }
  return { root, show, repaint: () => shown && show(shown) };
}

function createSmoothing({ smooth }: CurveActions): { readonly root: HTMLElement; show(weight: number): void } {
  const value = element("output", { attributes: { for: "smoothing" } });
  const input = element("input", { attributes: { type: "range", id: "smoothing", min: 0, max: mostSmoothing, step: 0.05 }, on: { input: () => smooth(input.valueAsNumber) } });
  return {
    root: element("div", { class: "smoothing" }, element("label", { text: "Smoothing", attributes: { for: "smoothing" } }), input, value),
    show(weight) {
      input.valueAsNumber = weight;
      value.textContent = weight === 0 ? "off" : weight.toFixed(2);
    },
  };
}

function comparisonOf({ others }: JobOverview, { runs }: State, { add, remove }: CurveActions): readonly Node[] {
  const left = others.filter(({ job }) => !runs.some((run) => isSame(run.job, job)));
  const select = element("select", { attributes: { id: "compare", "data-key": "compare", disabled: runs.length >= mostRuns }, on: { change: () => {
    const chosen = left[Number(select.value)];
    if (chosen) add(chosen.job);
  } } }, element("option", { text: runs.length >= mostRuns ? `at most ${mostRuns}` : "another job…", attributes: { value: "" } }), ...left.map(({ name }, index) => element("option", { text: name, attributes: { value: index } })));
  return [
    ...(others.length === 0 ? [] : [element("label", { text: "Compare with", attributes: { for: "compare" } }), select]),
    ...runs.map(({ job, name }, index) => element("span", { class: "run" }, swatch({ run: index + 1 }, "currentColor"), name, element("button", { class: "link", text: "✕", attributes: { "aria-label": `Compare with ${name} no more`, "data-key": `remove ${job.provider} ${job.job}` }, on: { click: () => remove(job) } }))),
  ];
}

function createPanel(key: string): Panel {
  const id = `chart-${key.replaceAll(/[^\w-]/g, "-")}`;
  const heading = element("h3", { attributes: { id } });
  const plot = element("div", { class: "plot", attributes: { "aria-hidden": "true" } });
  const at = element("span", { class: "at" });
  const table = element("table", { class: "legend" });
  const spoken = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  let data: ChartData | undefined;
  let place: number | undefined;
  const root = element("section", { class: "curves", attributes: { tabindex: 0, "aria-labelledby": id, "data-chart": key }, on: { keydown: (event) => move(event as KeyboardEvent), blur: () => chart.point(undefined) } }, heading, at, plot, table, spoken);
  const chart = createChart(plot, (index) => {
    place = index;
    tell();
  });

  function move(event: KeyboardEvent): void {
    const last = (data?.steps.length ?? 0) - 1;
    if (event.target !== root || last < 0) return;
    const { key: pressed } = event;
    const next = pressed === "ArrowRight" ? Math.min(last, (place ?? -1) + 1) : pressed === "ArrowLeft" ? Math.max(0, (place ?? last + 1) - 1) : pressed === "Home" ? 0 : pressed === "End" ? last : pressed === "Escape" ? -1 : undefined;
    if (next === undefined) return;
    event.preventDefault();
    chart.point(next < 0 ? undefined : next);
    place = next < 0 ? undefined : next;
    tell();
    spoken.textContent = next < 0 || !data ? "" : `Step ${(data.steps[next] ?? 0).toLocaleString("en")}: ${data.lines.map((line) => `${line.title} ${written(valueAt(line, next))}`).join(", ")}`;
  }

  /** The column of the cursor changes alone: the table is not made anew for every pixel that the pointer moves. */
  function tell(): void {
    const step = place === undefined ? undefined : data?.steps[place];
    at.textContent = step === undefined ? "" : `step ${step.toLocaleString("en")}`;
    table.querySelectorAll("td.cursor").forEach((cell, index) => {
      const line = data?.lines[index];
      cell.textContent = line && place !== undefined ? written(valueAt(line, place)) : "";
    });
  }
  return {
    root, chart,
    show(now, scale) {
      data = now;
      heading.textContent = now.title;
      replaceContent(table, element("caption", { class: "visually-hidden", text: `${now.title}: every curve with its numbers` }), ...tableOf(now));
      chart.show(now, scale);
      tell();
    },
  };
}

function tableOf({ lines, marks }: ChartData): readonly Node[] {
  return [
    element("thead", {}, element("tr", {}, ...["Curve", "At the cursor", "Best", "Last"].map((text) => element("th", { text, attributes: { scope: "col" } })))),
    element("tbody", {}, ...lines.map((line) => {
      const { curve: { points, kind }, title } = line;
      const best = points.reduce((found, point) => ((kind === "accuracy" || kind === "reward" ? point.value > found.value : point.value < found.value) ? point : found));
      const last = points.at(-1);
      return element("tr", {},
        element("th", { attributes: { scope: "row" } }, swatch(line, toneOf(line)), title), element("td", { class: "cursor" }),
        element("td", { text: kind === "other" ? "" : `${figure(best.value)} at step ${best.step.toLocaleString("en")}` }), element("td", { text: last ? figure(last.value) : "" }));
    })),
    ...(marks.length === 0 ? [] : [element("tfoot", {}, element("tr", {}, element("td", { class: "muted", text: `▼ ${marks.length === 1 ? "checkpoint" : "checkpoints"} at ${[...marks].sort((one, other) => one - other).slice(-8).map((step) => step.toLocaleString("en")).join(", ")}`, attributes: { colspan: 4 } })))]),
  ];
}

/** A piece of the line, so that the table says which one it is. Its colour is set as an attribute of SVG, which no policy forbids. */
function swatch(line: Pick<Line, "run">, stroke: string): Node {
  const dash = patternOf(line).join(" ");
  return svgElement("svg", { class: "swatch", attributes: { width: 28, height: 10, "aria-hidden": "true" } }, svgElement("line", { attributes: { x1: 1, x2: 27, y1: 5, y2: 5, stroke, "stroke-width": 2.5, "stroke-dasharray": dash === "" ? undefined : dash } }));
}

function written(value: number | null): string {
  return value === null ? "–" : figure(value);
}

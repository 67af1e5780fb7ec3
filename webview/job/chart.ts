import uPlot from "uplot";
import { figure, type ChartData, type Line } from "./chart-data.ts";
import type { Scale } from "./state.ts";

/** A chart on the page. */
export interface Chart {
  show(data: ChartData, scale: Scale): void;
  /** Moves the cursor to a place among the steps; undefined takes it away. */
  point(index: number | undefined): void;
  dispose(): void;
}

const height = 250;
/** Charts of one page have their cursors at one step. */
const together = "job";
/** Patterns of lines, by run: they tell runs apart without colour. */
const patterns: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
/** The theme's colours of charts, with VS Code's own as fallbacks. */
const tones: readonly (readonly [string, string])[] = [["--vscode-charts-blue", "#1a5cff"], ["--vscode-charts-orange", "#d18616"], ["--vscode-charts-purple", "#652d90"], ["--vscode-charts-green", "#388a34"], ["--vscode-charts-red", "#ad0707"]];
/** Weaker than the borders of high contrast, which would hide the curves. */
const grid = "rgba(127, 127, 127, 0.25)";
/** A measurement of its own is drawn as a point where there are few. */
const mostDots = 60;

/**
 * Draws into `place` with uPlot, which styles what it makes through the CSSOM: the policy allows no other way. A canvas has no words: the chart is
 * hidden from screen readers, and the table beside it says its numbers. `pointed` hears of the place that the pointer is at.
 */
export function createChart(place: HTMLElement, pointed: (index: number | undefined) => void): Chart {
  let plot: uPlot | undefined;
  let shape = "";
  let drawn: { readonly data: ChartData; readonly scale: Scale } | undefined;
  const resized = new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height }));
  resized.observe(place);

  function show(data: ChartData, scale: Scale): void {
    const lines = data.lines.flatMap(seriesOf);
    const columns = [data.steps, ...lines.map(({ values }) => values)] as unknown as uPlot.AlignedData;
    // What uPlot cannot change of a chart is made anew.
    const now = JSON.stringify([scale, data.lines.map(({ title, smoothed, measured }) => [title, smoothed !== undefined, measured.length <= mostDots]), colourOf("--vscode-foreground", "#3b3b3b"), document.body.className]);
    drawn = { data, scale };
    if (plot && now === shape) return plot.setData(columns, !isZoomed(plot));
    shape = now;
    plot?.destroy();
    plot = new uPlot(optionsOf(scale, lines.map(({ options }) => options)), columns, place);
  }

  function optionsOf(scale: Scale, series: readonly uPlot.Series[]): uPlot.Options {
    const axis: uPlot.Axis = { stroke: colourOf("--vscode-descriptionForeground", "#5f5f5f"), grid: { stroke: grid, width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    return {
      width: Math.max(200, place.clientWidth), height, legend: { show: false },
      cursor: { sync: { key: together }, drag: { x: true, y: false }, points: { size: 7 } },
      scales: { x: { time: false }, y: scale === "log" ? { distr: 3 } : {} },
      axes: [{ ...axis, size: 28, values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? tick.toLocaleString("en") : "")) }, { ...axis, size: 58, values: (_, ticks) => ticks.map((tick) => (tick == null ? "" : figure(tick))) }],
      series: [{}, ...series],
      hooks: { draw: [drawMarks], setCursor: [({ cursor }) => pointed(cursor.idx ?? undefined)] },
    };
  }

  /** A dashed line from a triangle down, at each step where a model was saved. */
  function drawMarks({ ctx, bbox, valToPos, scales }: uPlot): void {
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colourOf("--vscode-descriptionForeground", "#5f5f5f");
    ctx.lineWidth = devicePixelRatio;
    for (const step of drawn?.data.marks ?? []) {
      if (step < (scales["x"]?.min ?? 0) || step > (scales["x"]?.max ?? 0)) continue;
      const [x, size] = [valToPos(step, "x", true), 5 * devicePixelRatio];
      ctx.setLineDash([3 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(x - size, bbox.top);
      ctx.lineTo(x + size, bbox.top);
      ctx.lineTo(x, bbox.top + 1.6 * size);
      ctx.fill();
    }
    ctx.restore();
  }

  return {
    show,
    point(index) {
      const step = index === undefined ? undefined : drawn?.data.steps[index];
      plot?.setCursor(step === undefined ? { left: -10, top: -10 } : { left: plot.valToPos(step, "x"), top: height / 3 });
    },
    dispose() {
      resized.disconnect();
      plot?.destroy();
    },
  };
}

/** The colour of a line, resolved, because a canvas knows no variables. */
export function toneOf({ tone }: Pick<Line, "tone">): string {
  const [variable, fallback] = tones[tone % tones.length] ?? ["", "currentColor"];
  return colourOf(variable, fallback);
}

/** The pattern of a line, as SVG and canvas take it. */
export function patternOf({ run }: Pick<Line, "run">): readonly number[] {
  return patterns[run % patterns.length] ?? [];
}

function seriesOf(line: Line): readonly { readonly values: Line["measured"]; readonly options: uPlot.Series }[] {
  const options: uPlot.Series = { stroke: toneOf(line), dash: [...patternOf(line)], spanGaps: true, width: 2, points: { show: line.measured.length <= mostDots, size: 5 } };
  if (!line.smoothed) return [{ values: line.measured, options }];
  // What was measured stays to be seen behind what is smoothed.
  return [{ values: line.measured, options: { ...options, alpha: 0.3, width: 1, points: { show: false } } }, { values: line.smoothed, options: { ...options, points: { show: false } } }];
}

function isZoomed({ scales, data }: uPlot): boolean {
  const [steps] = data;
  return scales["x"]?.min !== steps[0] || scales["x"]?.max !== steps.at(-1);
}

function colourOf(variable: string, fallback: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim() || fallback;
}

import { smooth, type Curve, type CurveKind } from "../../src/jobs/training-curve.ts";
import type { JobOverview } from "../../src/protocol/job-panel.ts";
import type { State } from "./state.ts";

/** One line of a chart. */
export interface Line {
  readonly title: string;
  readonly curve: Curve;
  /** Chooses the colour: the place of the metric in the chart. */
  readonly tone: number;
  /** Chooses the pattern: 0 for the panel's own job, then the other runs. */
  readonly run: number;
  /** The values at `ChartData.steps`; null where nothing was measured, or what was cannot be drawn. */
  readonly measured: readonly (number | null)[];
  /** The same smoothed; undefined where smoothing is off. */
  readonly smoothed?: readonly (number | null)[];
}

/** A chart before it is drawn. */
export interface ChartData {
  readonly key: string;
  readonly title: string;
  readonly steps: readonly number[];
  readonly lines: readonly Line[];
  /** Steps at which a model was saved. */
  readonly marks: readonly number[];
}

const titles: Readonly<Record<Exclude<CurveKind, "other">, string>> = { loss: "Loss", accuracy: "Accuracy", reward: "Reward" };

/** The charts of a job: one for each kind of curve, and one for each metric that is of none. Curves of other runs go where the job has a chart for them. */
export function chartsOf(overview: JobOverview, { runs, scale, smoothing }: Pick<State, "runs" | "scale" | "smoothing">): readonly ChartData[] {
  const groups = [...new Set(overview.curves.map(groupOf))];
  const marks = overview.checkpoints.map(({ step }) => step);
  return groups.map((key) => {
    const all = [{ name: undefined, curves: overview.curves }, ...runs].map(({ name, curves }, run) => ({ name, run, curves: curves.filter((curve) => groupOf(curve) === key) }));
    const metrics = [...new Set(all.flatMap(({ curves }) => curves.map(({ metric }) => metric)))];
    const steps = [...new Set(all.flatMap(({ curves }) => curves.flatMap(({ points }) => points.map(({ step }) => step))))].sort((one, other) => one - other);
    const places = new Map(steps.map((step, index) => [step, index]));
    const place = (points: Curve["points"]): readonly (number | null)[] => {
      const values = steps.map((): number | null => null);
      for (const { step, value } of points) values[places.get(step) ?? 0] = scale === "log" && value <= 0 ? null : value;
      return values;
    };
    const lines = all.flatMap(({ name, run, curves }) => curves.map((curve): Line => ({
      title: name === undefined ? curve.title : `${curve.title} (${name})`, curve, run, tone: metrics.indexOf(curve.metric), measured: place(curve.points),
      ...(smoothing > 0 ? { smoothed: place(smooth(curve.points, smoothing)) } : {}),
    })));
    const [first] = lines;
    return { key, title: key in titles ? titles[key as keyof typeof titles] : (first?.curve.title ?? key), steps, lines, marks };
  });
}

function groupOf({ kind, metric }: Curve): string {
  return kind === "other" ? metric : kind;
}

/** The nearest measurement of a line at or before a place among the steps. */
export function valueAt({ measured }: Line, index: number): number | null {
  for (let at = index; at >= 0; at--) if (measured[at] != null) return measured[at] ?? null;
  return null;
}

/** A measured number in four digits; very small ones as powers. */
export function figure(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

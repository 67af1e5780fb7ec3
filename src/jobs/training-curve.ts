import type { JobEvent } from "./job.ts";
import type { MetricPoint } from "./metric-point.ts";

/** What a curve measures; curves of one kind share a chart. */
export type CurveKind = "loss" | "accuracy" | "reward" | "other";

/** One measurement of a curve. */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** One metric over the steps of a training. Steps ascend, each once; every value is finite. */
export interface Curve {
  /** As `MetricPoint` spells it. */
  readonly metric: string;
  readonly title: string;
  readonly kind: CurveKind;
  /** Whether it is measured on records that the model does not learn from. */
  readonly heldOut: boolean;
  readonly points: readonly CurvePoint[];
}

/** The metrics that mean the same everywhere, in the order in which they are shown. */
const known: readonly Omit<Curve, "points">[] = [
  { metric: "train_loss", title: "Training loss", kind: "loss", heldOut: false },
  { metric: "valid_loss", title: "Validation loss, of a batch", kind: "loss", heldOut: true },
  { metric: "full_valid_loss", title: "Validation loss", kind: "loss", heldOut: true },
  { metric: "train_mean_token_accuracy", title: "Training accuracy", kind: "accuracy", heldOut: false },
  { metric: "valid_mean_token_accuracy", title: "Validation accuracy, of a batch", kind: "accuracy", heldOut: true },
  { metric: "full_valid_mean_token_accuracy", title: "Validation accuracy", kind: "accuracy", heldOut: true },
  { metric: "train_mean_reward", title: "Training reward", kind: "reward", heldOut: false },
  { metric: "valid_mean_reward", title: "Validation reward", kind: "reward", heldOut: true },
];

/** What a job's events measured: for a service that has no other way to tell it. */
export function pointsOfEvents(events: readonly JobEvent[]): readonly MetricPoint[] {
  return events.flatMap(({ createdAt, metrics }) => {
    const { step, total_steps: _total, ...numbers } = metrics ?? {};
    return step === undefined || Object.keys(numbers).length === 0 ? [] : [{ step, createdAt, metrics: numbers }];
  });
}

/** The curves of a training, the known metrics first. A step that was measured twice, because it was trained again, counts as it was last. */
export function curvesOf(measured: readonly MetricPoint[]): readonly Curve[] {
  const names = new Set(measured.flatMap(({ metrics }) => Object.keys(metrics)));
  const others = [...names].filter((name) => !known.some(({ metric }) => metric === name)).sort();
  const described = [...known.filter(({ metric }) => names.has(metric)), ...others.map(describeOther)];
  return described.map((curve) => ({ ...curve, points: pointsOf(curve.metric, measured) })).filter(({ points }) => points.length > 0);
}

function describeOther(metric: string): Omit<Curve, "points"> {
  const words = metric.replaceAll(/[_/]+/g, " ").trim();
  return { metric, title: `${words.charAt(0).toUpperCase()}${words.slice(1)}`, kind: kindOf(metric), heldOut: /valid|eval/i.test(metric) };
}

/** DPO counts how often the preferred answer has the higher reward: `reward_accuracy`, `rewards/accuracies`, which is an accuracy. */
function kindOf(metric: string): CurveKind {
  if (/accurac/i.test(metric)) return "accuracy";
  if (/loss/i.test(metric)) return "loss";
  return /reward/i.test(metric) ? "reward" : "other";
}

function pointsOf(metric: string, measured: readonly MetricPoint[]): readonly CurvePoint[] {
  const values = new Map<number, number>();
  for (const { step, metrics } of measured) {
    const value = metrics[metric];
    if (value !== undefined && Number.isFinite(value) && Number.isFinite(step)) values.set(step, value);
  }
  return [...values].map(([step, value]) => ({ step, value })).sort((one, other) => one.step - other.step);
}

/** The curve of a metric, where it was measured. */
export function curveOf(curves: readonly Curve[], metric: string): Curve | undefined {
  return curves.find((curve) => curve.metric === metric);
}

/**
 * The validation loss that says most: over the whole validation set where it was measured twice at least, else over single batches. `test_loss` and the
 * like are not it.
 */
export function validationLossOf(curves: readonly Curve[]): Curve | undefined {
  const [full, batches] = [curveOf(curves, "full_valid_loss"), curveOf(curves, "valid_loss")];
  return full && (full.points.length > 1 || !batches) ? full : batches;
}

/**
 * Exponential moving average of a curve, `weight` from 0 (as it is) to below 1; its beginning is not drawn towards zero.
 * Source: TensorBoard's smoothing of scalars, with its correction of the bias.
 */
export function smooth(points: readonly CurvePoint[], weight: number): readonly CurvePoint[] {
  let sum = 0;
  let weights = 0;
  return points.map(({ step, value }) => {
    sum = sum * weight + value * (1 - weight);
    weights = weights * weight + (1 - weight);
    return { step, value: sum / weights };
  });
}

/** At most `most` points of a long curve: of each stretch the lowest and the highest, so that no spike is lost. */
export function thin(points: readonly CurvePoint[], most: number): readonly CurvePoint[] {
  if (points.length <= most) return points;
  const stretch = Math.ceil(points.length / Math.floor(most / 2));
  return Array.from({ length: Math.ceil(points.length / stretch) }, (_, index) => points.slice(index * stretch, (index + 1) * stretch)).flatMap((part) => {
    const byValue = part.toSorted((one, other) => one.value - other.value);
    const [low, high] = [byValue[0], byValue.at(-1)];
    return low === undefined || high === undefined ? [] : low === high ? [low] : [low, high].sort((one, other) => one.step - other.step);
  });
}

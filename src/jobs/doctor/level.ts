import type { CurvePoint } from "../training-curve.ts";

/** How many measurements make a level: a tenth of the curve, at least `least` of them. */
export function widthOf(points: readonly CurvePoint[], least: number): number {
  return Math.max(least, Math.ceil(points.length / 10));
}

/** The median of so many neighbours at each place of a curve, at the step of the last of them: a lone spike does not move it. */
export function levelsOf(points: readonly CurvePoint[], width: number): readonly CurvePoint[] {
  return points.slice(width - 1).map(({ step }, index) => ({ step, value: median(points.slice(index, index + width)) }));
}

function median(points: readonly CurvePoint[]): number {
  const values = points.map(({ value }) => value).sort((one, other) => one - other);
  const middle = values.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [values[middle - 1] ?? values[middle], values[middle]];
  return values.length % 2 === 1 ? high : (low + high) / 2;
}

/** The point of the lowest value, the first of several. */
export function lowest<Point extends CurvePoint>(points: readonly [Point, ...Point[]]): Point {
  return points.reduce((best, point) => (point.value < best.value ? point : best));
}

/** Whether there is anything in it, for the compiler. */
export function isFilled<Item>(items: readonly Item[]): items is readonly [Item, ...Item[]] {
  return items.length > 0;
}

/** A measured number in three digits. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `step 1,733` */
export function atStep(step: number): string {
  return `step ${step.toLocaleString("en")}`;
}

import { exactMatchMetric } from "./exact-match.ts";
import type { Metric } from "./metric.ts";

/** Every metric that an evaluation can be judged by. */
export const metrics: readonly Metric[] = [exactMatchMetric];

/** The metric with this id, if there is one. */
export function findMetric(id: string): Metric | undefined {
  return metrics.find((metric) => metric.id === id);
}

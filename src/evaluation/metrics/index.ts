import { bleuMetric } from "./bleu.ts";
import { chrfMetric } from "./chrf.ts";
import { containsMetric } from "./contains.ts";
import { editSimilarityMetric } from "./edit-similarity.ts";
import { exactMatchMetric } from "./exact-match.ts";
import { fieldF1Metric } from "./field-f1.ts";
import { jsonMatchMetric } from "./json-match.ts";
import { jsonValidMetric } from "./json-valid.ts";
import type { Metric } from "./metric.ts";
import { noRefusalMetric } from "./no-refusal.ts";
import { normalisedMatchMetric } from "./normalised-match.ts";
import { numericMatchMetric } from "./numeric-match.ts";
import { rougeLMetric } from "./rouge.ts";
import { tokenF1Metric } from "./token-f1.ts";

/** Every metric that an evaluation can be judged by. */
export const metrics: readonly Metric[] = [
  exactMatchMetric, normalisedMatchMetric, containsMetric, numericMatchMetric, jsonValidMetric, jsonMatchMetric, noRefusalMetric,
  tokenF1Metric, fieldF1Metric, editSimilarityMetric, chrfMetric, bleuMetric, rougeLMetric,
];

/** The metric with this id, if there is one. */
export function findMetric(id: string): Metric | undefined {
  return metrics.find((metric) => metric.id === id);
}

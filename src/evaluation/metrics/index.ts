import * as z from "zod";
import { bleuMetric } from "./bleu.ts";
import { chrfMetric } from "./chrf.ts";
import { containsMetric } from "./contains.ts";
import { editSimilarityMetric } from "./edit-similarity.ts";
import { exactMatchMetric } from "./exact-match.ts";
import { expressionMetric } from "./expression.ts";
import { fieldF1Metric } from "./field-f1.ts";
import { jsonMatchMetric } from "./json-match.ts";
import { jsonSchemaMetric } from "./json-schema.ts";
import { jsonValidMetric } from "./json-valid.ts";
import { declaredLabelMetric, labelMetric } from "./label.ts";
import { lengthLimitMetric, lengthMetric } from "./length.ts";
import type { Metric, ParameterisedMetric } from "./metric.ts";
import { noRefusalMetric } from "./no-refusal.ts";
import { normalisedMatchMetric } from "./normalised-match.ts";
import { numericMatchMetric, numericToleranceMetric } from "./numeric-match.ts";
import { perplexityMetric } from "./perplexity.ts";
import { regexMetric } from "./regex.ts";
import { rougeLMetric } from "./rouge.ts";
import { sameLanguageMetric } from "./same-language.ts";
import { startsWithMetric } from "./starts-with.ts";
import { tokenF1Metric } from "./token-f1.ts";
import { toolCallRulesMetric, toolCallsMetric } from "./tool-calls.ts";
import { toolCallsValidMetric } from "./tool-calls-valid.ts";

/** Every metric that an evaluation can be judged by without saying more than its name. */
export const metrics: readonly Metric[] = [
  exactMatchMetric, normalisedMatchMetric, containsMetric, startsWithMetric, labelMetric, numericMatchMetric, jsonValidMetric, jsonMatchMetric, toolCallsMetric, toolCallsValidMetric, noRefusalMetric, sameLanguageMetric,
  tokenF1Metric, fieldF1Metric, editSimilarityMetric, chrfMetric, bleuMetric, rougeLMetric, lengthMetric, perplexityMetric,
];

/** Metrics that take parameters; some of them are in the other list too, as they are without. */
export const parameterisedMetrics: readonly ParameterisedMetric[] = [regexMetric, declaredLabelMetric, numericToleranceMetric, jsonSchemaMetric, toolCallRulesMetric, lengthLimitMetric, expressionMetric];

/** How a metric is written in a plan and on the command line: by its name, or as an object with its parameters. */
export const writtenMetric = z.union([
  z.enum(metrics.map(({ id }) => id)),
  z.discriminatedUnion("metric", parameterisedMetrics.map(({ schema }) => schema) as unknown as [z.ZodObject<{ metric: z.ZodLiteral<string> }>], {
    error: ({ code }) => (code === "invalid_union" ? parameterisedMetrics.map(({ id }) => JSON.stringify(id)).join(" or ") : undefined),
  }),
]);

/** A metric as `writtenMetric` reads it; the other keys are its parameters. */
export type WrittenMetric = string | { readonly metric: string };

/** The metric with this id, if there is one; of one with parameters the id has these. */
export function findMetric(id: string): Metric | undefined {
  const [name = "", given] = [id.split(" ", 1)[0], id.indexOf(" ")];
  if (given < 0) return metrics.find((metric) => metric.id === id);
  try {
    return parameterisedOf(name)?.create(JSON.parse(id.slice(given)));
  } catch {
    return undefined;
  }
}

/** The metric that is written; undefined where its parameters have a fault, or name a file. */
export function createMetric(written: WrittenMetric): Metric | undefined {
  return typeof written === "string" ? findMetric(written) : parameterisedOf(written.metric)?.create(written);
}

/** The metrics with parameters that go by this name. */
export function parameterisedOf(name: string): ParameterisedMetric | undefined {
  return parameterisedMetrics.find(({ id }) => id === name);
}

import * as vscode from "vscode";
import * as z from "zod";
import { exactMatchMetric } from "../../evaluation/metrics/exact-match.ts";
import { findMetric } from "../../evaluation/metrics/index.ts";
import type { Metric } from "../../evaluation/metrics/metric.ts";

const schemas = { maximumTokens: z.int().min(1).max(4096).catch(64), concurrency: z.int().min(1).max(64).catch(8) };

/** The settings of evaluations; a value that does not fit counts as not set. */
export function readEvaluationSettings(): { readonly maximumTokens: number; readonly concurrency: number; readonly metric: Metric } {
  const settings = vscode.workspace.getConfiguration("tunesmith.evaluation");
  const metric = findMetric(settings.get<string>("metric") ?? "");
  return {
    metric: metric?.kind === "pass-fail" ? metric : exactMatchMetric,
    maximumTokens: schemas.maximumTokens.parse(settings.get("maximumTokens")), concurrency: schemas.concurrency.parse(settings.get("concurrency")),
  };
}

import * as vscode from "vscode";
import * as z from "zod";

const schemas = { maximumTokens: z.int().min(1).max(4096).catch(64), concurrency: z.int().min(1).max(64).catch(8) };

/** The settings of evaluations; a value that does not fit counts as not set. */
export function readEvaluationSettings(): { readonly maximumTokens: number; readonly concurrency: number } {
  const settings = vscode.workspace.getConfiguration("tunesmith.evaluation");
  return { maximumTokens: schemas.maximumTokens.parse(settings.get("maximumTokens")), concurrency: schemas.concurrency.parse(settings.get("concurrency")) };
}

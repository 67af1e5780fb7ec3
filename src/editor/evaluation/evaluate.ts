import * as vscode from "vscode";
import { findMetric } from "../../evaluation/metrics/index.ts";
import { evaluateModels, type EvaluationDesk, type Running } from "../../evaluating/evaluate.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { withProgress, type Show } from "../with-progress.ts";
import type { Choices, EvaluationDependencies } from "./choices.ts";
import { readEvaluationSettings } from "./evaluation-settings.ts";
import { rootOf } from "./root-of.ts";
import { showProgress } from "./show-progress.ts";

type Dependencies = Pick<EvaluationDependencies, "services" | "trainingFile" | "workerFile" | "log">;

/** Has both models answer the test file and saves the report; gives its address. Shows progress that can be cancelled, and goes on where the same choices were cut off. */
export async function evaluate(choices: Choices, dependencies: Dependencies, running: Running): Promise<vscode.Uri> {
  if (choices.testFile.scheme !== "file") throw new Error(`An evaluation needs a test file on disk, and ${choices.testFile.toString()} is not. Save it first.`);
  try {
    return await withProgress(`Evaluating ${choices.tuned}`, (signal, show) => run(choices, dependencies, running, show, signal), choices.signal);
  } catch (error) {
    if (error instanceof vscode.CancellationError) vscode.window.setStatusBarMessage("The evaluation was cancelled. Its answers are kept: evaluating again goes on with them.", 10_000);
    throw error;
  }
}

async function run({ testFile, confirmed: _confirmed, signal: _outer, metric: chosen, also = [], ...models }: Choices, { services, trainingFile, workerFile, log }: Dependencies, running: Running, show: Show, signal: AbortSignal): Promise<vscode.Uri> {
  const { provider, job } = models;
  const settings = readEvaluationSettings();
  const { concurrency, maximumTokens } = settings;
  const metric = (chosen === undefined ? undefined : findMetric(chosen)) ?? settings.metric;
  const training = job === undefined ? undefined : await trainingFile?.({ provider, job });
  const worker = createDatasetClient(workerFile);
  const desk: EvaluationDesk = { open: services.open, readTestSet: worker.readTestSet, now: () => new Date(), report: (message) => show({ message }), answered: showProgress(show) };
  try {
    const { report, path } = await evaluateModels({
      ...models, testFile: testFile.fsPath, root: rootOf(testFile), ...(training === undefined ? {} : { training }), options: { temperature: 0, maximumTokens, seed: 0 }, concurrency, metric, also: also.flatMap((id) => findMetric(id) ?? []),
    }, desk, running, signal);
    log.info(`Evaluation: ${report.summary.verdict.headline}. ${report.summary.verdict.words} Saved as ${path}.`);
    return vscode.Uri.file(path);
  } finally {
    worker.dispose();
  }
}

import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { fingerprint } from "../../dataset/fingerprint.ts";
import { exactMatchMetric } from "../../evaluation/metrics/exact-match.ts";
import type { ChatOptions } from "../../evaluation/model.ts";
import { createReport, type Report } from "../../evaluation/report.ts";
import { runEvaluation } from "../../evaluation/run.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { FairTestFile } from "../../workers/read-test-set.ts";
import { withProgress, type Show } from "../with-progress.ts";
import { openAnswerFile, type AnswerFile } from "./answer-file.ts";
import type { Choices, EvaluationDependencies } from "./choices.ts";
import { evaluationFolder, rootOf, toReportPath } from "./evaluation-folder.ts";
import { readEvaluationSettings } from "./evaluation-settings.ts";
import { saveReport } from "./report-file.ts";

type Dependencies = Pick<EvaluationDependencies, "services" | "trainingFile" | "workerFile" | "log">;

/** Evaluations that are under way in this window, so that none is run twice at the same time. */
export type Running = Set<string>;

/**
 * Has both models answer the test file and saves the report; gives its address. Shows progress that can be cancelled. Answers are on disk as they come,
 * so that the same choices go on where they were cut off: cancelled, by a reload, or by a service that did not answer.
 */
export async function evaluate(choices: Choices, dependencies: Dependencies, running: Running): Promise<vscode.Uri> {
  if (choices.base === choices.tuned) throw new Error(`The base model and the tuned model are both ${choices.base}. Choose two models to compare.`);
  if (choices.testFile.scheme !== "file") throw new Error(`An evaluation needs a test file on disk, and ${choices.testFile.toString()} is not. Save it first.`);
  try {
    return await withProgress(`Evaluating ${choices.tuned}`, (signal, show) => run(choices, dependencies, running, show, signal));
  } catch (error) {
    if (error instanceof vscode.CancellationError) vscode.window.setStatusBarMessage("The evaluation was cancelled. Its answers are kept: evaluating again goes on with them.", 10_000);
    throw error;
  }
}

async function run(choices: Choices, dependencies: Dependencies, running: Running, show: Show, signal: AbortSignal): Promise<vscode.Uri> {
  const { services, log } = dependencies;
  const { testFile, provider, base, tuned, job } = choices;
  const root = rootOf(testFile);
  const folder = evaluationFolder(root);
  const path = toReportPath(root, testFile.fsPath);
  const { concurrency, maximumTokens } = readEvaluationSettings();
  const options: ChatOptions = { temperature: 0, maximumTokens, seed: 0 };

  show({ message: "reading the test file" });
  const { test, training } = await readTest(choices, dependencies, root, signal);
  const id = fingerprint(JSON.stringify([test.sha256, provider, base, tuned, options]));
  if (running.has(`${folder} ${id}`)) throw new Error(`This evaluation of ${tuned} is under way already.`);
  running.add(`${folder} ${id}`);
  try {
    const startedAt = new Date().toISOString();
    const answers = await openAnswerFile(folder, id, { startedAt, testFile: path, provider, base, tuned, ...(job === undefined ? {} : { job }) });
    if (answers.answered > 0) log.info(`Going on with an evaluation of ${tuned}: ${answers.answered} answers are kept.`);
    show({ message: "starting the models" });
    const { chatModel } = await services.open(provider, signal);
    const models = { base: chatModel(base), tuned: chatModel(tuned) };
    const outcomes = await runEvaluation({ records: test.records, provider, ...models, options, concurrency }, answers, reportProgress(show), signal);
    const report = createReport(
      {
        createdAt: startedAt, dataset: { path, sha256: test.sha256, refused: [...test.refused] }, ...(training ? { training } : {}),
        models: { provider, base, tuned, ...(job === undefined ? {} : { job }) }, options: { ...options, seed: 0 },
      },
      exactMatchMetric, outcomes,
    );
    return await finish(folder, report, answers, log);
  } finally {
    running.delete(`${folder} ${id}`);
  }
}

async function readTest({ testFile, provider, job }: Choices, { trainingFile, workerFile }: Dependencies, root: string, signal: AbortSignal): Promise<{ test: FairTestFile; training?: Report["training"] }> {
  const known = job === undefined ? undefined : await trainingFile?.({ provider, job });
  if (known === testFile.fsPath) throw new Error(`${tunedOn(testFile)} A right answer would prove nothing; choose a test file that the model has not seen.`);
  // A training file that was moved or removed since is one that is not known.
  const path = known !== undefined && existsSync(known) ? known : undefined;
  const worker = createDatasetClient(workerFile);
  try {
    const test = await worker.readTestSet(testFile.fsPath, path, signal);
    if (test.records.length === 0) throw new Error(nothingToEvaluate(testFile, test));
    return { test, ...(path !== undefined && test.training ? { training: { path: toReportPath(root, path), sha256: test.training.sha256 } } : {}) };
  } finally {
    worker.dispose();
  }
}

async function finish(folder: string, report: Report, answers: AnswerFile, log: vscode.LogOutputChannel): Promise<vscode.Uri> {
  const saved = vscode.Uri.file(await saveReport(folder, report));
  // Incomplete answers stay, so that evaluating again asks only what is missing.
  if (report.summary.unanswered === 0) await answers.remove();
  log.info(`Evaluation: ${report.summary.verdict.headline}. ${report.summary.verdict.words} Saved as ${saved.fsPath}.`);
  return saved;
}

function reportProgress(show: Show): Parameters<typeof runEvaluation>[2] {
  let shown = 0;
  return ({ model, answered, failed, total }) => {
    const done = answered + failed;
    show({ message: `${model} model, ${done} of ${total} answers${failed > 0 ? `, ${failed} failed` : ""}`, increment: ((done - shown) * 100) / total });
    shown = done;
  };
}

function nothingToEvaluate(file: vscode.Uri, { refused, training }: FairTestFile): string {
  const [first] = refused;
  const name = vscode.workspace.asRelativePath(file);
  if (training && training.leaked > 0) return `Every record of ${name} stands in the training file too, so right answers would prove nothing. Choose a test file that the model has not seen.`;
  return first ? `No record of ${name} can be evaluated. Line ${first.line}: ${first.reason}.` : `${name} has no records. A test file holds chat records, one a line.`;
}

function tunedOn(file: vscode.Uri): string {
  return `The model was tuned on ${vscode.workspace.asRelativePath(file)} itself.`;
}

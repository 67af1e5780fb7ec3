import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { tokenizerOf } from "../../dataset/insight/tokens.ts";
import type { LintResult } from "../../dataset/lint.ts";
import { describeLaunch } from "../../jobs/describe-launch.ts";
import type { Job } from "../../jobs/job.ts";
import { sameLaunches, type Launch, type Ledger } from "../../jobs/launch.ts";
import { startJob } from "../../jobs/start-job.ts";
import type { Tuning } from "../../jobs/tuning.ts";
import { createDatasetClient, type DatasetClient } from "../../workers/dataset-client.ts";
import { ActionableError } from "../present-error.ts";
import { localId, type Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";
import type { Chosen } from "./questions.ts";

export interface StartDependencies {
  readonly services: Services;
  readonly ledger: Ledger;
  readonly workerFile: URL;
  /** Makes this machine ready to train, on the user's word; gives whether it is. */
  setUp(): Promise<boolean>;
}

/** What a dataset has to be for a job: all services that jobs are started at speak OpenAI's API and tune supervised, whatever the editor checks the file for. */
const jobTarget = "openai/sft";

/** What was found in the dataset as it is on disk. */
interface Checked {
  readonly path: string;
  readonly sha256: string;
  readonly records: number;
  readonly tokens: number;
}

/**
 * Checks the dataset, says what will happen, and on the user's word starts the job; undefined when the user turned away. Nothing is sent before.
 * Rejects with an Error for the user.
 */
export async function start(chosen: Chosen, dependencies: StartDependencies): Promise<Job | undefined> {
  const { services, ledger, workerFile, setUp } = dependencies;
  if (!(await saved(chosen.dataset, chosen.confirmed === true))) return undefined;
  const files = createDatasetClient(workerFile);
  try {
    const dataset = await withProgress("Checking the dataset", (signal) => check(chosen.dataset, chosen.model, files, signal));
    const launch = toLaunch(chosen, dataset);
    const title = services.find(chosen.provider)?.title ?? chosen.provider;
    if (chosen.confirmed !== true) {
      const { tuning } = await withProgress("Asking the service", (signal) => services.open(chosen.provider, signal));
      if (!(await agrees(launch, dataset, title, tuning, await ledger.list()))) return undefined;
    }
    if (chosen.provider === localId && !(await setUp())) return undefined;
    return await withProgress("Starting the fine-tuning job", async (signal, show) => {
      const { provider } = await services.open(chosen.provider, signal);
      return startJob(launch, { provider, ledger, hashFile: files.hashFile, report: (message) => show({ message }), clock: { now: Date.now } }, signal);
    });
  } finally {
    files.dispose();
  }
}

/** Whether the file on disk is what the editor shows: a job reads the disk. */
async function saved(file: vscode.Uri, agreed: boolean): Promise<boolean> {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (!document?.isDirty) return true;
  const name = vscode.workspace.asRelativePath(file);
  const answer = agreed || (await vscode.window.showInformationMessage(`${name} has changes that are not saved. A job learns from the file on disk.`, { modal: true }, "Save and Continue")) === "Save and Continue";
  return answer && document.save();
}

async function check(file: vscode.Uri, model: string, files: DatasetClient, signal: AbortSignal): Promise<Checked> {
  if (file.scheme !== "file") throw new Error(`A job needs a dataset on disk, and ${file.toString()} is not. Save it first.`);
  const path = file.fsPath;
  const result = await files.lintFile(path, jobTarget, signal, () => undefined);
  refuseFaulty(file, result);
  return { path, records: result.records, tokens: (await files.countTokens(path, { encoding: tokenizerOf(model).encoding }, signal)).tokens, sha256: await files.hashFile(path, signal) };
}

function refuseFaulty(file: vscode.Uri, { findings }: LintResult): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` It has ${errors.length - 1} more ${errors.length === 2 ? "error" : "errors"}.` : "";
  throw new ActionableError(`${vscode.workspace.asRelativePath(file)} would be refused. Line ${first.range.start.line + 1}: ${first.message}${more}`, [
    { title: "Fix All Safe Problems", command: "tunesmith.dataset.fix", arguments: [file] },
    { title: "Show", command: "vscode.open", arguments: [file, { selection: new vscode.Range(first.range.start.line, first.range.start.character, first.range.end.line, first.range.end.character) }] },
  ]);
}

function toLaunch({ provider, model, hyperparameters, suffix, seed }: Chosen, { path, sha256, records }: Checked): Launch {
  const now = Date.now();
  return {
    id: randomUUID(), provider, createdAt: now, changedAt: now, step: "intended", dataset: { path, sha256, records },
    request: { model, hyperparameters, ...(suffix === "" ? {} : { suffix }), ...(seed === undefined ? {} : { seed }) },
  };
}

async function agrees(launch: Launch, { tokens }: Checked, service: string, tuning: Tuning, launches: readonly Launch[]): Promise<boolean> {
  const [before] = sameLaunches(launch, launches);
  const { question, detail } = describeLaunch(launch, { service, tokens, exact: tokenizerOf(launch.request.model).exact, tuning, ...(before ? { before } : {}) });
  const button = before ? "Start Again" : "Start";
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, button)) === button;
}

import * as vscode from "vscode";
import type { TargetName } from "../../dataset/targets/target.ts";
import { uploadOnce, type Uploaded } from "../../jobs/upload-once.ts";
import { checkDataset } from "../../launch/check-dataset.ts";
import { runCommand } from "../commands.ts";
import { nameOf } from "../linting/dataset-files.ts";
import { localId } from "../../launch/local-id.ts";
import { ActionableError } from "../present-error.ts";
import { withProgress } from "../with-progress.ts";
import { atDesk, type DeskDependencies } from "./desk.ts";

/** What uploading asks; a caller may have answered any of it already. */
export interface UploadAnswers {
  readonly dataset?: vscode.Uri;
  readonly provider?: string;
}

/** Uploads a dataset to a service, unless its bytes are there; a later upload of the same bytes goes on where this one was cut. Gives the service's id of the file, or undefined when the user turned away. */
export async function uploadDataset(given: UploadAnswers, dependencies: DeskDependencies): Promise<string | undefined> {
  const { services } = dependencies;
  const dataset = given.dataset ?? (await askDataset());
  if (!dataset) return undefined;
  if (dataset.scheme !== "file") throw new Error(`Only a file on disk can be uploaded, and ${dataset.toString()} is not. Save it first.`);
  const items = services.list().map(({ id, title, baseURL }) => ({ label: `$(${id === localId ? "device-desktop" : "cloud"}) ${title}`, description: baseURL ?? "on this machine", id }));
  const service = given.provider ?? (await vscode.window.showQuickPick(items, { title: "Upload Dataset", placeHolder: "Where to" }))?.id;
  if (service === undefined) return undefined;
  const title = services.find(service)?.title ?? service;
  const { file, reused } = await withProgress(`Uploading ${nameOf(dataset)} to ${title}`, (signal, show) => atDesk(dependencies, show, async (desk): Promise<Uploaded> => {
    const targets = Object.values((await desk.services.known()).find(({ id }) => id === service)?.targets ?? {}) as TargetName[];
    const checked = await checkForAny(dataset.fsPath, targets, (target) => checkDataset("dataset", dataset.fsPath, target, desk, signal));
    const { provider } = await desk.services.open(service, signal);
    return uploadOnce(checked, { provider, uploads: desk.uploads, hashFile: desk.files.hashFile, report: desk.report, clock: desk.clock }, signal);
  }));
  void vscode.window.showInformationMessage(reused ? `${title} has ${nameOf(dataset)} already: ${file}. Nothing was sent.` : `${nameOf(dataset)} is at ${title}: ${file}.`);
  await runCommand("tunesmith.job.refresh", { provider: service });
  return file;
}

/** The file as it was checked for the first of the targets that takes it. */
async function checkForAny(path: string, targets: readonly TargetName[], check: (target: TargetName) => ReturnType<typeof checkDataset>) {
  let refused: string | undefined;
  for (const target of targets) {
    const { file, checks } = await check(target);
    const failed = checks.find(({ outcome }) => outcome === "failed");
    if (!failed) return file;
    refused ??= failed.message;
  }
  throw new ActionableError(refused ?? `No method of the service is known that would take ${path}.`, [{ title: "Check for Every Target", command: "tunesmith.target.compare", arguments: [vscode.Uri.file(path)] }]);
}

async function askDataset(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles("**/*.jsonl", "**/{node_modules,.tunesmith}/**", 200);
  if (found.length === 0) throw new Error("This workspace has no JSONL file.");
  const items = found.map((file) => ({ label: vscode.workspace.asRelativePath(file), file })).sort((a, b) => a.label.localeCompare(b.label));
  return (await vscode.window.showQuickPick(items, { title: "Upload Dataset", placeHolder: "The dataset" }))?.file;
}

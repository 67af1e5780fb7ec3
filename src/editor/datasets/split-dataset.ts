import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { activeFile, documentOf, isDatasetFile, nameOf } from "../linting/dataset-files.ts";
import { withProgress } from "../with-progress.ts";

/** What splitting asks; a caller may have answered any of it already. */
export interface SplitAnswers {
  readonly dataset?: vscode.Uri;
  /** The share of the records that is kept back, between 0 and 1. */
  readonly share?: number;
  readonly seed?: number;
}

/**
 * Writes a dataset in two parts beside it, NAME.train.jsonl and NAME.validation.jsonl: which records are kept back hangs on their texts and the seed alone, so
 * equal records stay together and the same are kept back every time. Gives both, or undefined when the user turned away. Rejects with an Error for the user.
 */
export async function splitDataset({ dataset = activeFile(), share, seed = 1 }: SplitAnswers, workerFile: URL): Promise<readonly [vscode.Uri, vscode.Uri] | undefined> {
  if (!dataset || !isDatasetFile(dataset)) throw new Error("No dataset on disk is open. Open a JSONL file, or choose Split Dataset on one in the Datasets view.");
  if (documentOf(dataset)?.isDirty) throw new Error(`${nameOf(dataset)} has changes that are not saved, and the file on disk is what is read. Save it first.`);
  const kept = share ?? (await askShare());
  if (kept === undefined) return undefined;
  const part = (name: string): vscode.Uri => vscode.Uri.joinPath(dataset, "..", nameOf(dataset).replace(/(\.[^.]+)$/, `.${name}$1`));
  const [training, validation] = [part("train"), part("validation")];
  const there = [training, validation].filter(({ fsPath }) => existsSync(fsPath)).map(nameOf);
  if (there.length > 0 && share === undefined && (await vscode.window.showWarningMessage(`Replace ${there.join(" and ")}?`, { modal: true, detail: "What is in them now is lost." }, "Replace")) !== "Replace") return undefined;
  const client = createDatasetClient(workerFile);
  try {
    await withProgress(`Splitting ${nameOf(dataset)}`, (signal) => client.splitFile(dataset.fsPath, { training: training.fsPath, validation: validation.fsPath }, { share: kept, seed }, signal));
  } finally {
    client.dispose();
  }
  void vscode.window.showInformationMessage(`${nameOf(training)} and ${nameOf(validation)} are written.`);
  return [training, validation];
}

async function askShare(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: "Split Dataset", value: "10", prompt: "How many percent of the records are kept back for validation. Equal records stay together.",
    validateInput: (value) => (Number(value) > 0 && Number(value) < 100 ? undefined : "A percentage is above 0 and below 100."),
  });
  return text === undefined ? undefined : Number(text) / 100;
}

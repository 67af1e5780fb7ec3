import { sideOf, type Side } from "../../dataset/similarity/side.ts";
import * as vscode from "vscode";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { FoundLeaks } from "../../workers/find-leaks.ts";
import { nameOf } from "../linting/dataset-files.ts";
import { describeProgress } from "../linting/describe-progress.ts";
import { withProgress } from "../with-progress.ts";
import { kindOf } from "./find-datasets.ts";
import type { LeakFindings } from "./show-leaks.ts";

/** What is compared: files that a model learns from, with files that it is measured by. */
export interface LeakAnswers {
  /** A folder whose datasets are offered; without one, those of the workspace. */
  readonly folder?: vscode.Uri;
  readonly training?: readonly vscode.Uri[];
  readonly measured?: readonly vscode.Uri[];
}

/**
 * Looks for records of validation and test files that stand, in some way, in training files, or test records in validation files; shows them where they stand and gives how many there
 * are, or undefined when the user turned away. Rejects with an Error for the user.
 */
export async function findLeaks(answers: LeakAnswers, findings: LeakFindings, workerFile: URL): Promise<number | undefined> {
  const files = answers.training && answers.measured ? undefined : await offered(answers.folder);
  const training = answers.training ?? (await choose(files ?? [], "training", "The files that a model learns from"));
  if (!training || training.length === 0) return undefined;
  const left = files?.filter((file) => !training.some((each) => each.toString() === file.toString()));
  const measured = answers.measured ?? (await choose(left ?? [], "test", "The files that it is measured by: validation and test data"));
  if (!measured || measured.length === 0) return undefined;
  const client = createDatasetClient(workerFile);
  try {
    const compared = [...training.map((file) => ({ path: file.fsPath, side: "training" as const })), ...measured.map((file) => ({ path: file.fsPath, side: sideOf(file.fsPath) === "validation" ? ("validation" as const) : ("test" as const) }))];
    const found = await withProgress("Comparing datasets", (signal, show) => client.findLeaks(compared, signal, (progress) => show({ message: describeProgress(progress) })));
    findings.show(found);
    const count = found.reduce((sum, each) => sum + each.count, 0);
    tell(found.filter((each) => each.count > 0), measured.length);
    return count;
  } finally {
    client.dispose();
  }
}

async function offered(folder: vscode.Uri | undefined): Promise<readonly vscode.Uri[]> {
  const pattern = "**/*.{jsonl,jsonlines,ndjson}";
  const found = await vscode.workspace.findFiles(folder ? new vscode.RelativePattern(folder, pattern) : pattern, "**/{node_modules,.tunesmith,.git,.venv,site-packages}/**", 500);
  const files = found.filter((file) => kindOf(file) === "dataset").sort((one, other) => (one.path < other.path ? -1 : 1));
  if (files.length < 2) throw new Error(`${folder ? nameOf(folder) : "This workspace"} has ${files.length === 0 ? "no dataset" : "one dataset"}; to find leaks, two are compared: one to learn from and one to measure by. Split Dataset makes two of one.`);
  return files;
}

async function choose(files: readonly vscode.Uri[], side: Side, placeHolder: string): Promise<readonly vscode.Uri[] | undefined> {
  const isOf = (file: vscode.Uri): boolean => (sideOf(file.fsPath) === "training") === (side === "training");
  const items = files.map((file) => ({ label: vscode.workspace.asRelativePath(file), picked: isOf(file), file }));
  return (await vscode.window.showQuickPick(items, { title: "Find Leaks Between Datasets", placeHolder, canPickMany: true, ignoreFocusOut: true }))?.map(({ file }) => file);
}

function tell(leaking: readonly FoundLeaks[], measured: number): void {
  if (leaking.length === 0) return void vscode.window.showInformationMessage(`No leak: no record of ${measured === 1 ? "the file" : `the ${measured} files`} to measure by stands in a file before it.`);
  const words = leaking.map(({ path, count }) => `${count.toLocaleString("en")} in ${nameOf(vscode.Uri.file(path))}`).join(", ");
  void vscode.window.showWarningMessage(`Leaked records: ${words}. What is measured with them is what the model has learnt by heart.`, "Show Problems").then((chosen) => {
    if (chosen) void vscode.commands.executeCommand("workbench.actions.view.problems");
  });
}

import { existsSync } from "node:fs";
import { isElsewhere } from "../../../dataset/file-fact.ts";
import * as vscode from "vscode";
import { fromReportPath } from "../../../evaluating/evaluation-folder.ts";
import type { MovedRecord } from "../../../evaluating/corrections-file.ts";
import type { ReportOrigin } from "./origin-of-report.ts";

/** The training file that corrected records of a test file go to: the one that they went to before, else the one that the model learned from, else the user says; undefined when the user turns away. */
export async function chooseTrainingFile(testFile: vscode.Uri, { training }: ReportOrigin, moved: readonly MovedRecord[], root: string): Promise<vscode.Uri | undefined> {
  const before = moved.findLast(({ into, kind }) => kind === "training" && !isElsewhere(into))?.into;
  const known = [before === undefined ? undefined : fromReportPath(root, before), training].find((path) => path !== undefined && path !== testFile.fsPath && existsSync(path));
  return known === undefined ? ask(testFile) : vscode.Uri.file(known);
}

async function ask(testFile: vscode.Uri): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles("**/*.{jsonl,jsonlines,ndjson}", "**/{node_modules,.tunesmith}/**", 200);
  const items = found.filter((file) => file.toString() !== testFile.toString()).sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path)).map((file) => ({ label: vscode.workspace.asRelativePath(file), file }));
  const chosen = await vscode.window.showQuickPick([...items, { label: "$(new-file) Another file…", file: undefined }], { title: "Correct Record", placeHolder: "The training file that corrected records go to: it is not known which one the model learned from", ignoreFocusOut: true });
  if (!chosen) return undefined;
  return chosen.file ?? vscode.window.showSaveDialog({ title: "Training file", saveLabel: "Choose", defaultUri: vscode.Uri.joinPath(testFile, "..", "training.jsonl"), filters: { "JSON Lines": ["jsonl"] } });
}

function rank({ path }: vscode.Uri): number {
  return /train/i.test(path.split("/").at(-1) ?? "") ? 0 : 1;
}

/** The file beside a training file that holds its preference pairs. */
export function preferenceFileOf(training: vscode.Uri): vscode.Uri {
  const name = training.path.split("/").at(-1) ?? "training.jsonl";
  return vscode.Uri.joinPath(training, "..", /\.preferences\.\w+$/.test(name) ? name : `${name.replace(/\.(jsonl|jsonlines|ndjson)$/i, "")}.preferences.jsonl`);
}

import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import { runCommand } from "../commands.ts";
import { withProgress } from "../with-progress.ts";
import { activeFile, documentOf, largestDocument, nameOf } from "./dataset-files.ts";
import { describeProgress } from "./describe-progress.ts";
import type { LintedDocuments } from "./documents.ts";

/**
 * Writes all safe fixes of a dataset on disk to another file, of any size, and says what was repaired and what is left. Without a file, the active one is
 * meant; without `out` the user is asked where. Throws an Error written for the user.
 */
export async function fixToNewFile(file: unknown, out: unknown, { client, aimOf }: Pick<LintedDocuments, "client" | "aimOf">): Promise<void> {
  const from = file instanceof vscode.Uri ? file : activeFile();
  if (!from) throw new Error("No dataset is open. Open a JSONL file, or choose Fix to New File on one in the Explorer.");
  if (from.scheme !== "file") throw new Error(`Cannot read ${from.toString()}: only files on disk can be fixed to a new file.`);
  if (documentOf(from)?.isDirty) throw new Error(`${nameOf(from)} has changes that are not saved, and the file on disk is what is read. Save it first.`);
  // Menus hand over other things in this place.
  const to = out instanceof vscode.Uri ? out : await askWhere(from);
  if (!to) return;
  if (to.scheme !== "file") throw new Error(`Cannot write ${to.toString()}: choose a place on disk.`);
  const { fixed, left } = await withProgress(`Fixing ${nameOf(from)}`, (signal, show) => client.fixFile(from.fsPath, aimOf(from), to.fsPath, signal, (progress) => show({ message: describeProgress(progress) })));
  const count = (number: number, noun: string): string => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const message = `${nameOf(to)} is written: ${count(fixed, "problem")} fixed, ${count(left.counts.error, "error")} and ${count(left.counts.warning, "warning")} left in ${count(left.records, "record")}.`;
  void vscode.window.showInformationMessage(message, "Open").then((chosen) => chosen && open(to));
}

function askWhere(from: vscode.Uri): Thenable<vscode.Uri | undefined> {
  const name = nameOf(from).replace(/(\.[^.]+)?$/, ".fixed$1");
  return vscode.window.showSaveDialog({ title: `Fix ${nameOf(from)} to a new file`, saveLabel: "Fix", defaultUri: vscode.Uri.joinPath(from, "..", name), filters: { "JSON Lines": ["jsonl", "jsonlines", "ndjson"] } });
}

async function open(file: vscode.Uri): Promise<void> {
  if ((await stat(file.fsPath)).size > largestDocument) await runCommand("tunesmith.dataset.browse", file);
  else await vscode.window.showTextDocument(file);
}

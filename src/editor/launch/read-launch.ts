import * as vscode from "vscode";
import { placeAt } from "../../dataset/read-jsonc.ts";
import { parseLaunchFile } from "../../jobs/launch-file/parse.ts";
import type { LaunchFile } from "../../jobs/launch-file/schema.ts";
import { resolveFrom } from "../../launch/look-around.ts";
import { ActionableError } from "../present-error.ts";

/** A launch file as it is on disk, after what the editor has of it and of its datasets was saved; undefined when the user turned away. Rejects with an Error for the user when it cannot be read. */
export async function readLaunch(uri: vscode.Uri, agreed: boolean): Promise<LaunchFile | undefined> {
  if (uri.scheme !== "file") throw new Error(`A launch needs a file on disk, and ${uri.toString()} is not. Save it first.`);
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  const read = parseLaunchFile(text);
  if ("faults" in read) {
    const [first] = read.faults;
    const { line, column } = placeAt(text, first?.offset ?? 0);
    const place = new vscode.Range(line - 1, column - 1, line - 1, column - 1);
    throw new ActionableError(`${vscode.workspace.asRelativePath(uri)}, line ${line}: ${first?.message ?? ""}`, [{ title: "Show", command: "vscode.open", arguments: [uri, { selection: place }] }]);
  }
  const { data, evaluation } = read.value;
  const named = [data.training, data.validation, evaluation?.test].flatMap((written) => (written === undefined ? [] : [resolveFrom(uri.fsPath, written)]));
  return (await saved([uri.fsPath, ...named], agreed)) ? read.value : undefined;
}

/** Whether the files on disk are what the editor shows: a job reads the disk. */
async function saved(paths: readonly string[], agreed: boolean): Promise<boolean> {
  const dirty = vscode.workspace.textDocuments.filter(({ uri, isDirty }) => isDirty && uri.scheme === "file" && paths.includes(uri.fsPath));
  if (dirty.length === 0) return true;
  const names = dirty.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(" and ");
  const question = `${names} ${dirty.length === 1 ? "has" : "have"} changes that are not saved. A job learns from the files on disk.`;
  if (!agreed && (await vscode.window.showInformationMessage(question, { modal: true }, "Save and Continue")) !== "Save and Continue") return false;
  return (await Promise.all(dirty.map((document) => document.save()))).every(Boolean);
}

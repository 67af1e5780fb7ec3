import * as vscode from "vscode";
import { placeAt } from "../../dataset/read-jsonc.ts";
import { parseLaunchFile } from "../../jobs/launch-file/parse.ts";
import type { LaunchFile } from "../../jobs/launch-file/schema.ts";
import { resolveFrom } from "../../launch/look-around.ts";
import { ActionableError } from "../present-error.ts";
import { saveFirst } from "../save-first.ts";

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
  return (await saveFirst([uri.fsPath, ...named], agreed, "A job learns from the files on disk.")) ? read.value : undefined;
}

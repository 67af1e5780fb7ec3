import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import { runCommand } from "../commands.ts";
import { largestDocument } from "../linting/dataset-files.ts";

/** Shows a line of a file, from 0: in the editor, or in the record viewer where the file is too large for a document. */
export async function showLine(file: vscode.Uri, line: number): Promise<void> {
  if ((await stat(file.fsPath)).size > largestDocument) return void (await runCommand("tunesmith.dataset.browse", file, line));
  const place = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(file, { selection: place, preview: false });
}

import { resolve } from "node:path";
import * as vscode from "vscode";

/** The folder that an evaluation belongs to: the workspace folder that holds the test file, else the first one, else the test file's own folder. */
export function rootOf(file: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(file) ?? vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
  return folder ? folder.uri.fsPath : resolve(file.fsPath, "..");
}

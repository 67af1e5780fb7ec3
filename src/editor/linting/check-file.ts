import * as vscode from "vscode";
import { toDiagnostics } from "./diagnostics.ts";
import type { LintedDocuments } from "./documents.ts";
import { describe } from "./status-item.ts";

/**
 * Checks a dataset as it is on disk, of any size: VS Code hands extensions no document above 50 MB. Shows its findings and says what was found.
 * Without a file, the active one is meant. Throws an Error written for the user.
 */
export async function checkFile(file: vscode.Uri | undefined, documents: LintedDocuments, collection: vscode.DiagnosticCollection): Promise<void> {
  const uri = file ?? activeFile();
  if (!uri) throw new Error("No dataset is open. Open a JSONL file, or choose Check Dataset on one in the Explorer.");
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const result = open ? (await documents.settled(open)).result : await checkOnDisk(uri, documents);
  if (!open) collection.set(uri, toDiagnostics(result.findings));
  const action = result.findings.length > 0 ? ["Show Problems"] : [];
  void vscode.window.showInformationMessage(`${uri.path.split("/").at(-1)}: ${describe(result)}.`, ...action).then((chosen) => chosen && vscode.commands.executeCommand("workbench.actions.view.problems"));
}

function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? input.uri : vscode.window.activeTextEditor?.document.uri;
}

async function checkOnDisk(uri: vscode.Uri, documents: LintedDocuments) {
  if (uri.scheme !== "file") throw new Error(`Cannot read ${uri.toString()}: only files on disk can be checked without being opened. Open it first.`);
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: `Checking ${uri.path.split("/").at(-1)}`, cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort(new vscode.CancellationError()));
    let told = 0;
    return documents.client.lintFile(uri.fsPath, abort.signal, (share) => {
      const percent = Math.floor(share * 100);
      if (percent > told) progress.report({ increment: percent - told, message: `${percent} %` });
      told = percent;
    });
  });
}

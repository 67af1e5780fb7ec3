import * as vscode from "vscode";
import { runCommand } from "../commands.ts";
import { isDataset, type LintedDocuments } from "./documents.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/**
 * Applies all safe fixes to a document in one step, which the user can undo, and says what is left. What is wrong with the bytes (byte-order mark,
 * UTF-16) is offered, because it saves the file. Throws an Error written for the user.
 */
export async function fixDocument(file: unknown, documents: LintedDocuments): Promise<void> {
  const document = file instanceof vscode.Uri ? await vscode.workspace.openTextDocument(file) : vscode.window.activeTextEditor?.document;
  if (!document || !isDataset(document)) throw new Error("No dataset is open. Open a JSONL file first.");
  const { version, edits, fixed } = await documents.client.fixDocument(document.uri.toString());
  if (edits.length > 0 && (version !== document.version || !(await vscode.workspace.applyEdit(toWorkspaceEdit(document.uri, edits))))) {
    throw new Error("VS Code did not apply the fixes, because the file was changed meanwhile. Try again.");
  }
  const { counts: { error: left }, encoding } = (await documents.settled(document)).check;
  const message = `${fixed} ${fixed === 1 ? "problem" : "problems"} fixed, ${left} ${left === 1 ? "error" : "errors"} left.`;
  if (encoding === undefined) return void vscode.window.showInformationMessage(message);
  const action = "Change Encoding and Save";
  void vscode.window.showInformationMessage(`${message} The file's encoding is still to be changed.`, action).then((chosen) => (chosen === action ? runCommand("tunesmith.dataset.encode", document.uri) : undefined));
}

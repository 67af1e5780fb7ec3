import * as vscode from "vscode";
import { safeFixes, selectEdits } from "../../dataset/select-edits.ts";
import { isDataset, toRange, type LintedDocuments } from "./documents.ts";

/**
 * Applies all safe fixes to a document, until none is left; the user can undo them. What is wrong with the bytes (byte-order mark, UTF-16) is
 * told, because VS Code alone writes them. Throws an Error written for the user.
 */
export async function fixDocument(file: vscode.Uri | undefined, documents: LintedDocuments): Promise<void> {
  const document = file ? await vscode.workspace.openTextDocument(file) : vscode.window.activeTextEditor?.document;
  if (!document || !isDataset(document)) throw new Error("No dataset is open. Open a JSONL file first.");
  let fixed = 0;
  // A repaired line may show what its syntax hid before; the bound only guards against rules that would undo one another.
  for (let round = 0; round < 100; round++) {
    const { result } = await documents.settled(document);
    const edits = selectEdits(safeFixes(result.findings));
    if (edits.length === 0) break;
    const edit = new vscode.WorkspaceEdit();
    for (const { range, text } of edits) edit.replace(document.uri, toRange({ range }), text);
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error("VS Code did not apply the fixes, because the file was changed meanwhile. Try again.");
    fixed += edits.length;
  }
  const { findings } = (await documents.settled(document)).result;
  const encoding = findings.some(({ fixes }) => fixes.some((fix) => fix.rewrites !== undefined));
  const left = findings.filter(({ severity }) => severity === "error").length;
  const hint = encoding ? ' The file\'s encoding is still to be changed: choose "Save with Encoding" and UTF-8 in the status bar.' : "";
  void vscode.window.showInformationMessage(`${fixed} ${fixed === 1 ? "problem" : "problems"} fixed, ${left} ${left === 1 ? "error" : "errors"} left.${hint}`);
}

import * as vscode from "vscode";
import { withProgress } from "../with-progress.ts";
import { nameOf } from "./dataset-files.ts";
import { isDataset, type LintedDocuments } from "./documents.ts";

/**
 * Saves a document in the encoding that its target wants: UTF-8 without a byte-order mark, or with one. VS Code has no interface for that but its own
 * "Save with Encoding", which asks twice; so the file on disk is written anew, and VS Code reads it again. Throws an Error written for the user.
 */
export async function encodeDocument(file: unknown, documents: LintedDocuments): Promise<void> {
  const document = file instanceof vscode.Uri ? await vscode.workspace.openTextDocument(file) : vscode.window.activeTextEditor?.document;
  if (!document || !isDataset(document)) throw new Error("No dataset is open. Open a JSONL file first.");
  const name = nameOf(document.uri);
  const { encoding } = (await documents.settled(document)).check;
  if (!encoding) return void vscode.window.showInformationMessage(`${name} has the encoding that ${documents.targetOf(document.uri).target.title} wants.`);
  if (document.uri.scheme !== "file") throw new Error(`${name} is not on this machine's disk. Choose its encoding in the status bar, then Save with Encoding, then ${encoding === "utf-8" ? "UTF-8" : "UTF-8 with BOM"}.`);
  if (document.isDirty && !(await document.save())) throw new Error(`${name} could not be saved, and so its encoding stays as it is.`);
  await withProgress(`Saving ${name} as UTF-8`, (signal) => documents.client.encodeFile(document.uri.fsPath, encoding, signal));
  // VS Code notices by itself that the file has changed, but keeps the encoding that it knew.
  await vscode.workspace.openTextDocument(document.uri, { encoding: encoding === "utf-8" ? "utf8" : "utf8bom" });
}

import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { writeBeside } from "../../../workers/write-beside.ts";
import { documentOf, nameOf } from "../../linting/dataset-files.ts";
import { wholeLine, type RecordLines } from "../../records/record-lines.ts";
import { openIfSmall, type Move } from "./preview-move.ts";

/**
 * Adds the line to one file and takes the record from the other. Where VS Code has documents of both, that is one step to undo, and what had no unsaved changes is saved; a
 * larger file is written anew by a worker. Gives the files that are left for the user to save. Rejects with an Error for the user; the line is added before the record is taken
 * away, so that neither is lost.
 */
export async function makeMove(move: Move, lines: RecordLines): Promise<readonly vscode.Uri[]> {
  const { from, line, text, into, added } = move;
  if (!existsSync(into.fsPath)) writeBeside(into.fsPath, []);
  const [source, target] = [await openIfSmall(from), await openIfSmall(into)];
  if (source && target) return moveInDocuments(move, source, target);
  await lines.add(into, undefined, added);
  await lines.remove(from, line, text).catch((error: unknown) => {
    throw new Error(`The record was added to ${nameOf(into)}, but not taken from ${nameOf(from)}: ${error instanceof Error ? error.message : String(error)} Evaluations leave it out while it stands in both.`, { cause: error });
  });
  return [from, into].filter((file) => documentOf(file)?.isDirty);
}

async function moveInDocuments({ line, text, added }: Move, source: vscode.TextDocument, target: vscode.TextDocument): Promise<readonly vscode.Uri[]> {
  const edit = new vscode.WorkspaceEdit();
  const last = target.lineAt(target.lineCount - 1);
  edit.insert(target.uri, last.range.end, last.text === "" ? `${added}\n` : `\n${added}\n`);
  edit.delete(source.uri, wholeLine(source, line, text));
  const saved = [target, source].filter(({ isDirty }) => !isDirty);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`VS Code did not let ${nameOf(source.uri)} and ${nameOf(target.uri)} be edited. Is one of them read-only?`);
  for (const document of saved) await document.save();
  return [target, source].filter(({ isDirty }) => isDirty).map(({ uri }) => uri);
}

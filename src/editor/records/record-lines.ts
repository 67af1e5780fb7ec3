import * as vscode from "vscode";
import type { Replacement } from "../../dataset/text.ts";
import { openRecords, type RecordsClient } from "../../workers/records/records-client.ts";
import { documentOf, nameOf } from "../linting/dataset-files.ts";
import { stampOf } from "../linting/file-stamp.ts";

/** Larger records are for a text editor. */
const largestRecord = 8 << 20;

/** The lines of datasets, wherever they are: in a document that VS Code has open, else on disk, where a worker reads and writes them. Lines count from 0. */
export interface RecordLines extends vscode.Disposable {
  /** A line as it is now; undefined behind the last one. Rejects with an Error for the user. */
  read(file: vscode.Uri, line: number): Promise<string | undefined>;
  /** Edits a line that still is `text`. A document that had no unsaved changes is saved; a file on disk is written anew. Rejects with an Error for the user. */
  edit(file: vscode.Uri, line: number, text: string, replacements: readonly Replacement[]): Promise<void>;
  /** Takes a line that still is `text` away, likewise. */
  remove(file: vscode.Uri, line: number, text: string): Promise<void>;
  /** Puts a line behind another, in a file on disk behind the last; gives its number. Rejects likewise. */
  add(file: vscode.Uri, behind: number | undefined, text: string): Promise<number>;
  /** Nobody looks at the lines of a file any more. */
  release(file: vscode.Uri): void;
}

export function createRecordLines(workerFile: URL): RecordLines {
  const opened = new Map<string, { readonly client: RecordsClient; stamp: string | undefined }>();
  /** Of each file the last thing that is done: who reads while it is written would take it for another file. */
  const turns = new Map<string, Promise<unknown>>();

  function release(file: vscode.Uri): void {
    opened.get(file.toString())?.client.dispose();
    opened.delete(file.toString());
  }

  /** The worker of a file as it is on disk now. */
  async function onDisk(file: vscode.Uri): Promise<RecordsClient> {
    if (file.scheme !== "file") throw new Error(`${nameOf(file)} is neither open nor on disk. Open it in a text editor first.`);
    const stamp = await stampOf(file);
    const known = opened.get(file.toString());
    if (known?.stamp === stamp && known) return known.client;
    release(file);
    const client = openRecords(workerFile, file.fsPath, { indexed: () => undefined, failed: () => undefined });
    opened.set(file.toString(), { client, stamp });
    return client;
  }

  /** One after the other; writing makes another file of it, whose lines the same worker finds. */
  function inTurn<Result>(file: vscode.Uri, act: (client: RecordsClient) => Promise<Result>, writes: boolean): Promise<Result> {
    const key = file.toString();
    const turn = (turns.get(key) ?? Promise.resolve()).then(async () => {
      const result = await act(await onDisk(file));
      const known = opened.get(key);
      if (writes && known) known.stamp = await stampOf(file);
      return result;
    });
    const settled = turn.catch(() => undefined).finally(() => turns.get(key) === settled && turns.delete(key));
    turns.set(key, settled);
    return turn;
  }

  return {
    async read(file, line) {
      const document = documentOf(file);
      if (!document) return inTurn(file, (client) => client.line(line, largestRecord), false);
      const text = line < document.lineCount ? document.lineAt(line).text : undefined;
      if (text !== undefined && text.length > largestRecord) throw new Error(`Line ${line + 1} of ${nameOf(file)} is too long to be edited as one record.`);
      return text;
    },
    async edit(file, line, text, replacements) {
      const document = documentOf(file);
      if (!document) return inTurn(file, (client) => client.editLine(line, text, replacements), true);
      const edit = new vscode.WorkspaceEdit();
      for (const { start, end, text: put } of replacements) edit.replace(file, new vscode.Range(line, start, line, end), put);
      await applyTo(document, edit);
    },
    async remove(file, line, text) {
      const document = documentOf(file);
      if (!document) return inTurn(file, (client) => client.removeLine(line, text), true);
      const edit = new vscode.WorkspaceEdit();
      edit.delete(file, wholeLine(document, line, text));
      await applyTo(document, edit);
    },
    async add(file, behind, text) {
      const document = documentOf(file);
      if (!document) return inTurn(file, (client) => client.addLine(text), true);
      const last = document.lineAt(document.lineCount - 1);
      const edit = new vscode.WorkspaceEdit();
      const atEnd = behind === undefined || behind >= document.lineCount - 1;
      if (atEnd) edit.insert(file, last.range.end, last.text === "" ? `${text}\n` : `\n${text}\n`);
      else edit.insert(file, new vscode.Position(behind + 1, 0), `${text}\n`);
      const line = atEnd ? document.lineCount - (last.text === "" ? 1 : 0) : behind + 1;
      await applyTo(document, edit);
      return line;
    },
    release,
    dispose: () => [...opened.values()].forEach(({ client }) => client.dispose()),
  };
}

/** A line of a document with the break that ends it, or, of the last one, that before it. Throws an Error for the user when it is not `text`. */
export function wholeLine(document: vscode.TextDocument, line: number, text: string): vscode.Range {
  if (line >= document.lineCount || document.lineAt(line).text !== text) throw new Error(`Line ${line + 1} of ${nameOf(document.uri)} has changed since it was read.`);
  const { rangeIncludingLineBreak: range } = document.lineAt(line);
  return line === document.lineCount - 1 && line > 0 ? new vscode.Range(document.lineAt(line - 1).range.end, range.end) : range;
}

/** What the user had not saved before is left for the user to save. */
async function applyTo(document: vscode.TextDocument, edit: vscode.WorkspaceEdit): Promise<void> {
  const saves = !document.isDirty && !document.isUntitled;
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`VS Code did not let ${nameOf(document.uri)} be edited. Is it read-only?`);
  if (saves && !(await document.save())) throw new Error(`${nameOf(document.uri)} is edited, but could not be saved.`);
}

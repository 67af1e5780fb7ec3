import * as vscode from "vscode";
import { documentOf, nameOf } from "../linting/dataset-files.ts";
import { showRecord, type RecordRoom } from "./open-record.ts";
import { recordScheme } from "./record-address.ts";

/** Blank lines in a row that are passed over. */
const mostBlank = 1000;

/** Shows the record after the one that is open, or before it, in its place; one with unsaved changes stays open beside. Gives the document. Rejects with an Error for the user. */
export async function walkRecords(step: 1 | -1, room: RecordRoom): Promise<vscode.Uri | undefined> {
  const from = vscode.window.activeTextEditor?.document.uri;
  const record = from && room.files.find(from);
  if (!from || !record || from.scheme !== recordScheme) throw new Error("No record is open. Run Open Record on a line of a dataset first.");
  for (let line = record.line + step, blank = 0; blank < mostBlank; line += step, blank++) {
    const text = line < 0 ? undefined : await room.lines.read(record.file, line);
    if (text === undefined) break;
    if (text.trim() === "") continue;
    const uri = await showRecord(record.file, line, text, room);
    await leave(from);
    return uri;
  }
  throw new Error(`This is the ${step > 0 ? "last" : "first"} record of ${nameOf(record.file)}.`);
}

/** Who walks through a dataset does not want a tab for each record that was passed. */
async function leave(uri: vscode.Uri): Promise<void> {
  if (documentOf(uri)?.isDirty) return;
  const tabs = vscode.window.tabGroups.activeTabGroup.tabs.filter(({ input, isActive }) => !isActive && input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
}

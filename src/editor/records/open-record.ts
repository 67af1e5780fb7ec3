import * as vscode from "vscode";
import { formats, recogniseFormat, type FormatId } from "../../dataset/formats/index.ts";
import { readTree } from "../../dataset/json-node.ts";
import { placeInRecordText } from "../../dataset/record-edit.ts";
import type { LintedDocuments } from "../linting/documents.ts";
import { activeFile, documentOf, fileOfTab, nameOf } from "../linting/dataset-files.ts";
import { recordScheme } from "./record-address.ts";
import type { RecordFiles } from "./record-files.ts";
import type { RecordLines } from "./record-lines.ts";

export interface RecordRoom {
  readonly lines: RecordLines;
  readonly files: RecordFiles;
  readonly documents: Pick<LintedDocuments, "targetOf">;
}

/**
 * Opens the record of a line, from 0, as a document. Without a file, the active one is meant; without a line, that of the cursor, else it is asked. Gives the
 * document, or undefined when the user turned away. Rejects with an Error for the user.
 */
export async function openRecord(given: unknown, wanted: unknown, room: RecordRoom): Promise<vscode.Uri | undefined> {
  const file = datasetOf(given, room.files);
  if (!file) throw new Error("No dataset is open. Open a JSONL file, and put the cursor on a record.");
  const editor = vscode.window.activeTextEditor?.document.uri.toString() === file.toString() ? vscode.window.activeTextEditor : undefined;
  const cursor = editor?.selection.active;
  // Menus hand over other things in these places.
  const line = typeof wanted === "number" && wanted >= 0 ? wanted : (cursor?.line ?? (await askLine(file)));
  if (line === undefined) return undefined;
  const text = await room.lines.read(file, line);
  const why = text === undefined ? `has no line ${line + 1}` : text.trim() === "" ? `has nothing on line ${line + 1}` : whyNotWhole(text, line);
  if (text === undefined || why !== undefined) throw new Error(`${nameOf(file)} ${why}.`);
  return showRecord(file, line, text, room, typeof wanted === "number" || !cursor ? undefined : cursor.character);
}

/** The dataset that is meant, be it given, open, or that of the record that is open. */
export function datasetOf(given: unknown, files: RecordFiles): vscode.Uri | undefined {
  const uri = given instanceof vscode.Uri ? given : activeFile();
  return uri?.scheme === recordScheme ? files.find(uri)?.file : uri;
}

/** Shows the record whose line is `text`; `character` of that line is where the cursor comes to. */
export async function showRecord(file: vscode.Uri, line: number, text: string, { files, documents }: RecordRoom, character?: number): Promise<vscode.Uri> {
  const uri = files.address(file, line, formatOf(text, documents.targetOf(file).target.formats));
  const document = await vscode.workspace.openTextDocument(uri);
  // A dataset that is only looked at for a moment would give its tab to the record.
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (tab?.isPreview && fileOfTab(tab)?.toString() === file.toString()) await vscode.commands.executeCommand("workbench.action.keepEditor");
  const place = character === undefined ? undefined : document.positionAt(placeInRecordText(text, character));
  await vscode.window.showTextDocument(document, { preview: true, ...(place ? { selection: new vscode.Range(place, place) } : {}) });
  return uri;
}

/** The format that a line shows; of formats that look alike the one that is taken. */
export function formatOf(line: string, taken: readonly FormatId[]): FormatId | undefined {
  const tree = readTree(line);
  return tree?.type === "object" ? recogniseFormat(tree, taken) : formats.find(({ id }) => taken.length === 1 && id === taken[0])?.id;
}

/** A record over several lines, or in an array, is no line that could be edited alone. */
function whyNotWhole(text: string, line: number): string | undefined {
  const begin = text.trimStart();
  const opens = begin.startsWith("{") ? (/^\{\s*$/.test(begin) ? "has a record over several lines" : undefined) : "has no record on a line of its own";
  return opens && `${opens} at line ${line + 1}; run Fix All Safe Problems first, which writes one record a line`;
}

async function askLine(file: vscode.Uri): Promise<number | undefined> {
  const document = documentOf(file);
  const text = await vscode.window.showInputBox({
    title: "Open Record", prompt: `The line of ${nameOf(file)} whose record is opened`, value: "1",
    validateInput: (value) => (/^[1-9]\d*$/.test(value.trim()) && (!document || Number(value) <= document.lineCount) ? undefined : "A line is a number from 1."),
  });
  return text === undefined ? undefined : Number(text) - 1;
}

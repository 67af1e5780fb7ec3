import * as vscode from "vscode";
import { findFormat, formats, type FormatId } from "../../dataset/formats/index.ts";
import { language } from "../linting/documents.ts";
import { documentOf } from "../linting/dataset-files.ts";
import { pick } from "../step-input.ts";
import { datasetOf, formatOf, showRecord, type RecordRoom } from "./open-record.ts";

/** What adding a record asks; a caller may have answered any of it already. */
export interface RecordAnswers {
  readonly file?: vscode.Uri;
  /** The id of the format whose template is taken. */
  readonly format?: string;
}

/**
 * Puts a record from a format's template behind the cursor's line, or at the end of the file, and opens it. Gives its document, or undefined when the user
 * turned away. Rejects with an Error for the user.
 */
export async function addRecord(given: RecordAnswers | vscode.Uri | undefined, room: RecordRoom): Promise<vscode.Uri | undefined> {
  const answers: RecordAnswers = given instanceof vscode.Uri ? { file: given } : (given ?? {});
  const file = datasetOf(answers.file, room.files);
  if (!file) throw new Error("No dataset is open. Open a JSONL file, or make one with New Dataset.");
  const open = vscode.window.activeTextEditor?.document.uri;
  const behind = open?.toString() === file.toString() ? vscode.window.activeTextEditor?.selection.active.line : open && room.files.find(open)?.line;
  const taken = room.documents.targetOf(file).target.formats;
  const beside = await room.lines.read(file, behind ?? 0).catch(() => undefined);
  const format = await askFormat("Add Record", answers.format, taken, beside === undefined ? undefined : formatOf(beside, taken));
  if (!format) return undefined;
  const text = findFormat(format).example;
  const line = await room.lines.add(file, documentOf(file) ? behind : undefined, text);
  return showRecord(file, line, text, room);
}

/** Opens a new dataset, not saved yet, with one record from a format's template. Gives the document, likewise. */
export async function createDataset(given: unknown): Promise<vscode.Uri | undefined> {
  const format = await askFormat("New Dataset", typeof given === "string" ? given : undefined, [], undefined);
  if (!format) return undefined;
  const document = await vscode.workspace.openTextDocument({ language, content: `${findFormat(format).example}\n` });
  await vscode.window.showTextDocument(document);
  return document.uri;
}

/** Those that the target takes come first; the one of the record beside is in front. */
async function askFormat(title: string, given: string | undefined, taken: readonly FormatId[], beside: FormatId | undefined): Promise<FormatId | undefined> {
  if (given !== undefined) {
    const named = formats.find(({ id }) => id === given);
    if (!named) throw new Error(`There is no format "${given}". There are: ${formats.map(({ id }) => id).join(", ")}.`);
    return named.id;
  }
  const sorted = [...taken.map(findFormat), ...formats.filter(({ id }) => !taken.includes(id))];
  const items = sorted.map(({ id, title: label, example }) => ({ label, description: taken.includes(id) ? "taken by the target" : "", detail: example, id }));
  const chosen = await pick({ title, step: 1, totalSteps: 1 }, "The format whose template is taken", items, items.find(({ id }) => id === (beside ?? taken[0])));
  return typeof chosen === "object" ? chosen.id : undefined;
}

import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { toRecordText } from "../../../dataset/record-edit.ts";
import { nameOf } from "../../linting/dataset-files.ts";
import type { RecordLines } from "../../records/record-lines.ts";

const scheme = "tunesmith-correction";
/** So many lines beside the one that is moved are shown. */
const around = 2;

/** One record on its way from one file to another. Lines count from 0. */
export interface Move {
  readonly from: vscode.Uri;
  readonly line: number;
  /** The line as it is. */
  readonly text: string;
  readonly into: vscode.Uri;
  /** The line that is added. */
  readonly added: string;
}

/** Shows what a move changes, before it is made: the record laid out, and the stretch of each file; gives what closes it again. Files of any size: only the lines around are read. */
export async function previewMove({ from, line, text, into, added }: Move, lines: RecordLines): Promise<vscode.Disposable> {
  const texts = new Map<string, string>();
  const id = randomUUID();
  const document = (side: string, uri: vscode.Uri, shown: string): vscode.Uri => {
    // The same path on both sides: VS Code would call it renamed.
    const made = vscode.Uri.from({ scheme, path: `/${nameOf(uri)}`, query: `${id} ${texts.size} ${side}` });
    texts.set(made.toString(), shown);
    return made;
  };
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "This preview is over.\n" });
  const read = async (file: vscode.Uri, wanted: readonly number[]): Promise<readonly string[]> => (await Promise.all(wanted.map(async (each) => (each < 0 ? undefined : lines.read(file, each))))).flatMap((each) => each ?? []);
  const joined = (all: readonly string[]): string => all.map((each) => `${each}\n`).join("");
  const [before, behind] = [await read(from, [line - 2, line - 1]), await read(from, Array.from({ length: around }, (_, index) => line + 1 + index))];
  const end = await lastLines(into);
  const record = from.with({ path: `${from.path}.record.json` });
  const title = `Line ${line + 1} of ${nameOf(from)} → ${nameOf(into)}`;
  await vscode.commands.executeCommand("vscode.changes", title, [
    [record, document("before", record, toRecordText(text)), document("after", record, toRecordText(added))],
    [into, document("before", into, joined(end)), document("after", into, joined([...end, added]))],
    [from, document("before", from, joined([...before, text, ...behind])), document("after", from, joined([...before, ...behind]))],
  ]);
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return new vscode.Disposable(() => {
    if (tab && tab.label.startsWith(title)) void vscode.window.tabGroups.close(tab).then(undefined, () => undefined);
    provider.dispose();
  });
}

/** The last lines of a file that VS Code has as a document; none of a larger one, whose lines nobody has counted. */
async function lastLines(file: vscode.Uri): Promise<readonly string[]> {
  const open = await openIfSmall(file);
  if (!open) return [];
  const count = open.lineAt(open.lineCount - 1).text === "" ? open.lineCount - 1 : open.lineCount;
  return Array.from({ length: Math.min(around, count) }, (_, index) => open.lineAt(count - Math.min(around, count) + index).text);
}

/** The document of a file; undefined where there is no such file, or VS Code makes no document of it because of its size. */
export async function openIfSmall(file: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    return size > largestDocument ? undefined : await vscode.workspace.openTextDocument(file);
  } catch {
    return undefined;
  }
}

/** Half of what VS Code takes, because it counts characters in memory. */
const largestDocument = 25 << 20;

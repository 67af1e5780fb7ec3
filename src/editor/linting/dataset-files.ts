import * as vscode from "vscode";

/** VS Code hands extensions no document of more UTF-16 units than this, and so hardly ever one of more bytes. */
export const largestDocument = 50 * 1024 * 1024;

/** The viewer of records, as the manifest names it. */
export const recordViewer = "tunesmith.records";

/** Whether a file on disk is a dataset by its name: that is all that is known of a file without a document. */
export function isDatasetFile({ scheme, path }: vscode.Uri): boolean {
  return scheme === "file" && /\.(jsonl|jsonlines|ndjson)$/i.test(path);
}

/** The file's name without its folder. */
export function nameOf({ path }: vscode.Uri): string {
  return path.split("/").at(-1) ?? path;
}

/** The file of a tab: in a text editor, which may be without a document, or in the record viewer. */
export function fileOfTab(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const input = tab?.input;
  if (input instanceof vscode.TabInputText) return input.uri;
  return input instanceof vscode.TabInputCustom && input.viewType === recordViewer ? input.uri : undefined;
}

/** The file that the user is at. */
export function activeFile(): vscode.Uri | undefined {
  return fileOfTab(vscode.window.tabGroups.activeTabGroup.activeTab) ?? vscode.window.activeTextEditor?.document.uri;
}

/** The document of a file, where VS Code has one. */
export function documentOf(file: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
}

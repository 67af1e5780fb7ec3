import * as vscode from "vscode";

/** Has what the editor shows of these files saved, on the user's word or with it given; gives whether the disk has it. `why` says what reads the disk. */
export async function saveFirst(paths: readonly string[], agreed: boolean, why: string): Promise<boolean> {
  const dirty = vscode.workspace.textDocuments.filter(({ uri, isDirty }) => isDirty && uri.scheme === "file" && paths.includes(uri.fsPath));
  if (dirty.length === 0) return true;
  const names = dirty.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(" and ");
  const question = `${names} ${dirty.length === 1 ? "has" : "have"} changes that are not saved. ${why}`;
  if (!agreed && (await vscode.window.showInformationMessage(question, { modal: true }, "Save and Continue")) !== "Save and Continue") return false;
  return (await Promise.all(dirty.map((document) => document.save()))).every(Boolean);
}

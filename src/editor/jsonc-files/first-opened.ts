import * as vscode from "vscode";
import { isNamed } from "./language.ts";

/** Begins with the first file of a kind that is open, so that schemas and parsers are loaded with it and not with the extension. */
export function withFirstOpened(ending: string, begin: () => Promise<vscode.Disposable>): vscode.Disposable {
  let part: vscode.Disposable | undefined;
  let ended = false;
  const start = async (): Promise<void> => {
    opened.dispose();
    const begun = await begin();
    if (ended) begun.dispose();
    else part = begun;
  };
  const opened = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
    if (isNamed(uri, ending)) void start();
  });
  if (vscode.workspace.textDocuments.some(({ uri }) => isNamed(uri, ending))) void start();
  return new vscode.Disposable(() => {
    ended = true;
    opened.dispose();
    part?.dispose();
  });
}

import * as vscode from "vscode";
import { selectorOf } from "./language.ts";

/** Shows commands above the first line of the files whose names end so; nothing without trust. */
export function registerCodeLenses(ending: string, commandsOf: (file: vscode.Uri) => readonly vscode.Command[]): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const top = new vscode.Range(0, 0, 0, 0);
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(selectorOf(ending), {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: ({ uri }) => (vscode.workspace.isTrusted ? commandsOf(uri).map((command) => new vscode.CodeLens(top, command)) : []),
    }),
  );
}

import * as vscode from "vscode";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import { selectorOf } from "../jsonc-files/language.ts";

/** *Check · Run* above an evaluation plan; nothing without trust, because both read and ask. */
export function registerCodeLenses(): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const top = new vscode.Range(0, 0, 0, 0);
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(selectorOf(planFileEnding), {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: ({ uri }) => (vscode.workspace.isTrusted ? lensesOf(uri).map((command) => new vscode.CodeLens(top, command)) : []),
    }),
  );
}

function lensesOf(file: vscode.Uri): vscode.Command[] {
  return [
    { title: "$(checklist) Check", command: "tunesmith.plan.check", tooltip: "Whether the plan can be run, what it would ask of whom, and what so many records can show. No record is sent.", arguments: [file] },
    { title: "$(beaker) Run", command: "tunesmith.plan.run", tooltip: "Has every candidate answer the test records, and says what won. Answers that are kept are not asked for again.", arguments: [file] },
  ];
}

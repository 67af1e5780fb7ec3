import type * as vscode from "vscode";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import { registerCodeLenses as register } from "../jsonc-files/code-lenses.ts";

/** *Check · Run* above an evaluation plan; nothing without trust, because both read and ask. */
export function registerCodeLenses(): vscode.Disposable {
  return register(planFileEnding, lensesOf);
}

function lensesOf(file: vscode.Uri): vscode.Command[] {
  return [
    { title: "$(checklist) Check", command: "tunesmith.plan.check", tooltip: "Whether the plan can be run, what it would ask of whom, and what so many records can show. No record is sent.", arguments: [file] },
    { title: "$(beaker) Run", command: "tunesmith.plan.run", tooltip: "Has every candidate answer the test records, and says what won. Answers that are kept are not asked for again.", arguments: [file] },
  ];
}

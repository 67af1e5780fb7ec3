import type * as vscode from "vscode";
import { launchFileEnding } from "../../jobs/launch-file/file-name.ts";
import { registerCodeLenses as register } from "../jsonc-files/code-lenses.ts";

/** *Check · Estimate · Start* above a launch file; nothing without trust, because all three ask a service. */
export function registerCodeLenses(): vscode.Disposable {
  return register(launchFileEnding, lensesOf);
}

function lensesOf(file: vscode.Uri): vscode.Command[] {
  return [
    { title: "$(checklist) Check", command: "tunesmith.launch.check", tooltip: "Whether the file, its datasets, the service and the model are as they have to be. Nothing is uploaded.", arguments: [file] },
    { title: "$(graph) Estimate", command: "tunesmith.launch.estimate", tooltip: "Records, tokens, steps, time and price. Nothing is uploaded.", arguments: [file] },
    { title: "$(rocket) Start", command: "tunesmith.job.start", tooltip: "Starts the job, once you have seen what it does.", arguments: [file] },
  ];
}

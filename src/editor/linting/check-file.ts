import * as vscode from "vscode";
import { runCommand } from "../commands.ts";
import { activeFile, documentOf, fileOfTab, largestDocument, nameOf } from "./dataset-files.ts";
import { describeCheck } from "./describe-progress.ts";
import type { LintedDocuments } from "./documents.ts";
import type { FileChecks } from "./file-checks.ts";

/**
 * Checks a dataset: the document where VS Code has one, else the file as it is on disk, of any size. Shows its findings and says what was found.
 * Without a file, the active one is meant. Throws an Error written for the user.
 */
export async function checkFile(file: vscode.Uri | undefined, documents: LintedDocuments, checks: FileChecks): Promise<void> {
  const uri = file instanceof vscode.Uri ? file : activeFile();
  if (!uri) throw new Error("No dataset is open. Open a JSONL file, or choose Check Dataset on one in the Explorer.");
  const document = documentOf(uri);
  if (document) {
    const { check } = await documents.settled(document);
    return tell(uri, describeCheck(check), check.findings.length > 0 ? [showProblems] : []);
  }
  if (uri.scheme !== "file") throw new Error(`Cannot read ${uri.toString()}: only files on disk can be checked without being opened. Open it first.`);
  await checks.check(uri);
  await tellCheck(uri, checks);
}

/** Says what the check of a file from disk found, and offers what can be done about it. */
export async function tellCheck(file: vscode.Uri, checks: FileChecks): Promise<void> {
  const state = checks.state(file);
  if (state?.phase !== "done") return;
  const { size } = await vscode.workspace.fs.stat(file);
  const inViewer = vscode.window.tabGroups.all.some(({ activeTab }) => activeTab?.input instanceof vscode.TabInputCustom && fileOfTab(activeTab)?.toString() === file.toString());
  const fix = { title: "Fix to New File", act: () => runCommand("tunesmith.dataset.fixToNewFile", file) };
  const browse = { title: "Open Record Viewer", act: () => runCommand("tunesmith.dataset.browse", file) };
  const { findings, fixable } = state.check;
  tell(file, describeCheck(state.check), [
    ...(findings.length > 0 ? [showProblems] : []),
    ...(fixable > 0 ? [fix] : []),
    ...(size > largestDocument && !inViewer ? [browse] : []),
  ]);
}

interface Offer {
  readonly title: string;
  act(): Thenable<unknown>;
}

const showProblems: Offer = { title: "Show Problems", act: () => vscode.commands.executeCommand("workbench.actions.view.problems") };

function tell(file: vscode.Uri, found: string, offers: readonly Offer[]): void {
  void vscode.window.showInformationMessage(`${nameOf(file)}: ${found}.`, ...offers.map(({ title }) => title)).then((chosen) => offers.find(({ title }) => title === chosen)?.act());
}

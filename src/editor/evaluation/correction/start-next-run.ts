import { existsSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { modify } from "jsonc-parser";
import * as vscode from "vscode";
import { readMoved, type MovedRecord } from "../../../evaluating/corrections-file.ts";
import { fromReportPath, rootOfReport, toReportPath } from "../../../evaluating/evaluation-folder.ts";
import type { ReportHead } from "../../../evaluation/reader/report-reader.ts";
import { parseLaunchFile } from "../../../jobs/launch-file/parse.ts";
import { runCommand } from "../../commands.ts";
import type { EvaluationDependencies } from "../choices.ts";
import { originOfReport } from "./origin-of-report.ts";

/**
 * Goes on to the next run with the records of a report that were corrected: opens the launch file that made the tuned model, changed to the file that they went to where that is
 * another; without one, and for preference pairs, asks for what a launch is. Gives the launch file; undefined when the user turned away. Rejects with an Error for the user.
 */
export async function startNextRun(file: vscode.Uri, report: ReportHead, launchOf: EvaluationDependencies["launchOf"]): Promise<vscode.Uri | undefined> {
  const root = rootOfReport(file.fsPath);
  const own = (await readMoved(root)).filter(({ report: of }) => of === toReportPath(root, file.fsPath));
  const chosen = await chooseKind(own);
  if (!chosen) return undefined;
  const into = fromReportPath(root, chosen.into);
  if (chosen.kind === "preference") return runCommand("tunesmith.launch.create", { dataset: vscode.Uri.file(into), method: "dpo" });
  const { launchFile } = await originOfReport(report, root, launchOf);
  if (launchFile === undefined || !existsSync(launchFile)) return runCommand("tunesmith.launch.create", { dataset: vscode.Uri.file(into) });
  const document = await vscode.workspace.openTextDocument(launchFile);
  await learnFrom(document, into);
  await vscode.window.showTextDocument(document, { preview: false });
  return document.uri;
}

/** The last correction; where there are some of both kinds, of the one that the user chooses. */
async function chooseKind(moved: readonly MovedRecord[]): Promise<MovedRecord | undefined> {
  if (moved.length === 0) throw new Error("No record of this report has been corrected yet.");
  const last = (kind: MovedRecord["kind"]): MovedRecord | undefined => moved.findLast((each) => each.kind === kind);
  const [records, pairs] = [last("training"), last("preference")];
  if (!records || !pairs) return records ?? pairs;
  const count = (kind: MovedRecord["kind"]): string => `${moved.filter((each) => each.kind === kind).length} corrected`;
  const chosen = await vscode.window.showQuickPick([
    { label: `Learn from ${records.into}`, description: count("training"), each: records },
    { label: `Learn preferences from ${pairs.into}`, description: count("preference"), each: pairs },
  ], { title: "Start Next Run" });
  return chosen?.each;
}

/** Makes a launch file name another training file, as an edit that is not saved: the user sees it first. */
async function learnFrom(document: vscode.TextDocument, training: string): Promise<void> {
  const text = document.getText();
  const read = parseLaunchFile(text);
  const folder = dirname(document.uri.fsPath);
  if (!("value" in read) || resolve(folder, read.value.data.training) === training) return;
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, content } of modify(text, ["data", "training"], relative(folder, training).split(sep).join("/"), {})) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), content);
  }
  await vscode.workspace.applyEdit(edit);
}

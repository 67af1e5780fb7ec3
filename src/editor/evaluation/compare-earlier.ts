import * as vscode from "vscode";
import { compareCandidates } from "../../evaluation/compare-reports.ts";
import { earlierRunDocument } from "../../evaluation/earlier-run-document.ts";
import { seriesOf } from "../../evaluation/history.ts";
import { rootOfReport } from "../../evaluating/evaluation-folder.ts";
import { openSavedReport } from "../../evaluating/report-file.ts";
import { listRuns, type KeptRun } from "../../evaluating/run-history.ts";
import type { RunDocuments } from "../runs/run-documents.ts";
import { chooseReport } from "./choose-report.ts";

/** A report, and the earlier one that it is compared with. */
export interface EarlierAnswers {
  readonly report?: vscode.Uri;
  readonly earlier?: vscode.Uri;
}

/** Shows a run beside an earlier one of its history, else of its test file, which the user chooses; gives the document, or undefined when the user turned away. Rejects with an Error for the user. */
export async function compareWithEarlierRun(given: unknown, documents: RunDocuments): Promise<vscode.Uri | undefined> {
  const answers = given instanceof vscode.Uri ? { report: given } : ((given as EarlierAnswers | undefined) ?? {});
  const report = answers.report instanceof vscode.Uri ? answers.report : await chooseReport();
  if (!report) return undefined;
  const earlier = answers.earlier instanceof vscode.Uri ? answers.earlier.fsPath : await chooseEarlier(report.fsPath);
  if (earlier === undefined) return undefined;
  const [now, then] = await Promise.all([openSavedReport(report.fsPath), openSavedReport(earlier)]);
  return documents.show(`Evaluation, ${then.createdAt.slice(0, 16)} to ${now.createdAt.slice(0, 16)}`, earlierRunDocument(now, then, compareCandidates(now, then)));
}

async function chooseEarlier(report: string): Promise<string | undefined> {
  const runs = await listRuns(rootOfReport(report));
  const now = runs.find(({ path }) => path === report)?.head;
  const before = runs.filter(({ path, head }) => path !== report && (!now || (head.createdAt <= now.createdAt && head.metric === now.metric)));
  const sameSeries = before.filter(({ head }) => now && seriesOf(head) === seriesOf(now));
  const offered = sameSeries.length > 0 ? sameSeries : before.filter(({ head }) => head.version === now?.version && head.dataset.path === now.dataset.path);
  if (offered.length === 0) throw new Error("There is no earlier run of this plan or of these models, by the same metric, to compare with.");
  if (offered.length === 1) return offered[0]?.path;
  return (await vscode.window.showQuickPick(offered.map(toItem), { title: "Compare With an Earlier Run", placeHolder: "The earlier run", matchOnDescription: true }))?.path;
}

function toItem({ path, head }: KeptRun): vscode.QuickPickItem & { readonly path: string } {
  const names = head.version === 2 ? head.candidates.map(({ name }) => name) : [head.models.base, head.models.tuned];
  return { label: new Date(head.createdAt).toLocaleString(), description: names.join(", "), detail: head.dataset.path, path };
}

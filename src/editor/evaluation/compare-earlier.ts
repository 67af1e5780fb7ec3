import * as vscode from "vscode";
import { seriesOf } from "../../evaluation/history.ts";
import { rootOfReport } from "../../evaluating/evaluation-folder.ts";
import { listRuns, type KeptRun } from "../../evaluating/run-history.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { RunDocuments } from "../runs/run-documents.ts";
import { withProgress } from "../with-progress.ts";
import { chooseReport } from "./choose-report.ts";
import type { KnownReports } from "./known-reports.ts";

/** A report, and the earlier one that it is compared with. */
export interface EarlierAnswers {
  readonly report?: vscode.Uri;
  readonly earlier?: vscode.Uri;
}

/** Shows a run beside an earlier one of its history, else of its test file, which the user chooses; gives the document, or undefined when the user turned away. Rejects with an Error for the user. */
export async function compareWithEarlierRun(given: unknown, { documents, known, workerFile }: { readonly documents: RunDocuments; readonly known: KnownReports; readonly workerFile: URL }): Promise<vscode.Uri | undefined> {
  const answers = given instanceof vscode.Uri ? { report: given } : ((given as EarlierAnswers | undefined) ?? {});
  const report = answers.report instanceof vscode.Uri ? answers.report : await chooseReport(known);
  if (!report) return undefined;
  const earlier = answers.earlier instanceof vscode.Uri ? answers.earlier.fsPath : await chooseEarlier(report.fsPath);
  if (earlier === undefined) return undefined;
  const worker = createDatasetClient(workerFile);
  try {
    const compared = await withProgress("Comparing two evaluations", (signal) => worker.compareReports(report.fsPath, earlier, signal));
    if ("refusal" in compared) throw new Error(compared.refusal);
    return await documents.show(`Evaluation, ${compared.then.slice(0, 16)} to ${compared.now.slice(0, 16)}`, compared.document);
  } finally {
    worker.dispose();
  }
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

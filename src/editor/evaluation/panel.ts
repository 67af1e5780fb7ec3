import * as vscode from "vscode";
import * as z from "zod";
import type { Analysis } from "../../evaluation/analyse-report.ts";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import type { ReportHead } from "../../evaluation/reader/report-reader.ts";
import { readMoved, type MovedRecord } from "../../evaluating/corrections-file.ts";
import { fromReportPath, rootOfReport, toReportPath } from "../../evaluating/evaluation-folder.ts";
import { keepReview, readReviews } from "../../evaluating/review-file.ts";
import { serve } from "../../protocol/channel.ts";
import type { EvaluationPanel } from "../../protocol/evaluation-panel.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { hashFile } from "../../workers/hash-file.ts";
import { openReport, type ReportClient } from "../../workers/report/report-client.ts";
import { loadPage, pageOptions, panelIcon, toPort } from "../panels/webview-port.ts";
import type { RecordLines } from "../records/record-lines.ts";
import type { Choices, EvaluationDependencies } from "./choices.ts";
import { createPanelHandlers, type ShownReport } from "./panel-handlers.ts";

/** Names the panel in the manifest's activation events and in the state that VS Code keeps over a reload. */
export const viewType = "tunesmith.evaluation";

type Dependencies = Pick<EvaluationDependencies, "extensionUri" | "log" | "workerFile" | "launchOf"> & {
  readonly lines?: RecordLines;
  providerTitle(id: string): string;
  evaluateAgain(choices: Choices): Promise<void>;
  runAgain(plan: vscode.Uri): Promise<void>;
};

/** Shows a report in a panel beside nothing: a new tab, or the one that shows this report already. */
export async function showReport(report: vscode.Uri, open: Map<string, vscode.WebviewPanel>, dependencies: Dependencies): Promise<void> {
  const shown = open.get(report.toString());
  if (shown) return shown.reveal();
  // A file that is no report is told before a tab opens for it.
  const client = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "Reading the evaluation report" }, () => openReport(reportWorker(dependencies), report.fsPath));
  const panel = vscode.window.createWebviewPanel(viewType, titleOf(await client.head()), vscode.ViewColumn.Active, pageOptions(dependencies.extensionUri));
  fill(panel, report, open, dependencies, client);
}

/** Fills a panel that VS Code brought back after a reload; `state` is what its page had kept. */
export async function restoreReport(panel: vscode.WebviewPanel, state: unknown, open: Map<string, vscode.WebviewPanel>, dependencies: Dependencies): Promise<void> {
  const kept = z.object({ report: z.string() }).safeParse(state);
  const report = kept.success ? vscode.Uri.parse(kept.data.report) : undefined;
  if (report?.scheme !== "file") return panel.dispose();
  fill(panel, report, open, dependencies);
}

/** The worker that reads reports lies beside the one that reads datasets. */
function reportWorker({ workerFile }: Pick<Dependencies, "workerFile">): URL {
  return new URL("report-worker.js", workerFile);
}

function fill(panel: vscode.WebviewPanel, file: vscode.Uri, open: Map<string, vscode.WebviewPanel>, dependencies: Dependencies, opened?: ReportClient): void {
  const { extensionUri, log, workerFile, launchOf, lines, providerTitle, evaluateAgain, runAgain } = dependencies;
  panel.iconPath = panelIcon(extensionUri);
  open.set(file.toString(), panel);
  const closed = new AbortController();
  const load = async (client?: ReportClient): Promise<OpenReport> => {
    const report = client ?? (await openReport(reportWorker(dependencies), file.fsPath));
    if (closed.signal.aborted) report.dispose();
    else panel.title = titleOf(await report.head());
    let analysis: Promise<Analysis> | undefined;
    return { report, address: file.toString(), providerTitle, moved: () => movedOf(file), analysis: () => (analysis ??= analyse()) };
  };
  const analyse = async (): Promise<Analysis> => {
    const worker = createDatasetClient(workerFile);
    try {
      return await worker.analyseReport(file.fsPath, closed.signal);
    } finally {
      worker.dispose();
    }
  };
  let current = load(opened);
  // A file that cannot be read is told to the page when it asks.
  current.catch((error: unknown) => log.warn(String(error)));

  const end = serve<EvaluationPanel>(toPort(panel.webview), createPanelHandlers(() => current, {
    openRecord: (report, line) => openRecord(file, report, line, panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One),
    openReport: async () => void (await vscode.window.showTextDocument(file, { preview: true })),
    exportReport: async (report) => void (await (await import("./export-report.ts")).exportReport(file, subjectOf(report), workerFile)),
    evaluateAgain: (report) => (report.version === 1 ? evaluateAgain(toChoices(file, report)) : runAgain(vscode.Uri.file(fromReportPath(rootOfReport(file.fsPath), report.plan)))),
    correct: async (report, record, request) => {
      if (!lines) throw new Error("Records cannot be corrected here.");
      const ask = (message: string, ...actions: readonly string[]): Thenable<string | undefined> => vscode.window.showInformationMessage(message, ...actions);
      const corrected = await (await import("./correction/correct-record.ts")).correctRecord(file, report, record, request, { launchOf, workerFile, lines, ask });
      if (corrected) end.emit("corrected", null);
      return corrected;
    },
    reviewer: async () => (await import("../review/reviewer.ts")).reviewerName(),
    reviews: () => readReviews(file.fsPath),
    keepReview: (entry) => keepReview(file.fsPath, entry),
    startNextRun: async (report) => void (await (await import("./correction/start-next-run.ts")).startNextRun(file, report, launchOf)),
  }));
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(file, ".."), file.path.split("/").at(-1) ?? ""), true, false, true);
  const watching = watcher.onDidChange(async () => {
    const next = load();
    // A report that is half written, or no report any more, does not replace the one that is shown.
    if (!(await next.catch(() => undefined))) return;
    const before = current;
    current = next;
    void letGo(before);
    end.emit("changed", null);
  });
  panel.onDidDispose(() => {
    end.dispose();
    closed.abort();
    void letGo(current);
    vscode.Disposable.from(watcher, watching).dispose();
    if (open.get(file.toString()) === panel) open.delete(file.toString());
  });
  loadPage(panel.webview, extensionUri, "evaluation", "Evaluation");
}

/** A report as a panel has it: in a worker of its own. */
interface OpenReport extends ShownReport {
  readonly report: ReportClient;
}

/** Ends the worker of a report that is not shown any more; one that could not be read has none. */
async function letGo(opened: Promise<OpenReport>): Promise<void> {
  (await opened.catch(() => undefined))?.report.dispose();
}

async function movedOf(file: vscode.Uri): Promise<readonly MovedRecord[]> {
  const root = rootOfReport(file.fsPath);
  return (await readMoved(root)).filter(({ report }) => report === toReportPath(root, file.fsPath));
}

/** The record is shown beside the panel, never over it. */
async function openRecord(file: vscode.Uri, { dataset }: ReportHead, line: number, viewColumn: vscode.ViewColumn): Promise<void> {
  const path = fromReportPath(rootOfReport(file.fsPath), dataset.path);
  const document = await vscode.workspace.openTextDocument(path);
  const position = new vscode.Position(Math.min(line, document.lineCount) - 1, 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), viewColumn });
  if ((await hashFile(path)) !== dataset.sha256) void vscode.window.showInformationMessage(`${vscode.workspace.asRelativePath(path)} was changed since this evaluation; line ${line} may be another record now.`);
}

function toChoices(file: vscode.Uri, { dataset, models, metric, also }: Extract<ReportHead, { version: 1 }>): Choices {
  const { job, ...named } = models;
  return { testFile: vscode.Uri.file(fromReportPath(rootOfReport(file.fsPath), dataset.path)), ...named, ...(job === undefined ? {} : { job }), metric, ...(also ? { also } : {}) };
}

function titleOf(report: ReportHead): string {
  return `Evaluation: ${subjectOf(report)}`;
}

/** The tuned model, or the plan by its file's name. */
function subjectOf(report: ReportHead): string {
  return report.version === 1 ? report.models.tuned : (report.plan.split("/").at(-1) ?? report.plan).replace(planFileEnding, "");
}

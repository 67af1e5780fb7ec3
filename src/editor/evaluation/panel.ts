import * as vscode from "vscode";
import * as z from "zod";
import type { Report } from "../../evaluation/report.ts";
import { serve } from "../../protocol/channel.ts";
import type { EvaluationPanel, Overview } from "../../protocol/evaluation-panel.ts";
import { hashFile } from "../../workers/hash-file.ts";
import { loadPage, pageOptions, panelIcon, toPort } from "../panels/webview-port.ts";
import type { Choices, EvaluationDependencies } from "./choices.ts";
import { fromReportPath, rootOfReport } from "../../evaluating/evaluation-folder.ts";
import { createPanelHandlers, toOverview } from "./panel-handlers.ts";
import { openReport } from "../../evaluating/report-file.ts";

/** Names the panel in the manifest's activation events and in the state that VS Code keeps over a reload. */
export const viewType = "tunesmith.evaluation";

type Dependencies = Pick<EvaluationDependencies, "extensionUri" | "log"> & {
  providerTitle(id: string): string;
  evaluateAgain(choices: Choices): Promise<void>;
};

/** Shows a report in a panel beside nothing: a new tab, or the one that shows this report already. */
export async function showReport(report: vscode.Uri, open: Map<string, vscode.WebviewPanel>, dependencies: Dependencies): Promise<void> {
  const shown = open.get(report.toString());
  if (shown) return shown.reveal();
  // A file that is no report is told before a tab opens for it.
  const { models } = await openReport(report.fsPath);
  const panel = vscode.window.createWebviewPanel(viewType, titleOf(models.tuned), vscode.ViewColumn.Active, pageOptions(dependencies.extensionUri));
  fill(panel, report, open, dependencies);
}

/** Fills a panel that VS Code brought back after a reload; `state` is what its page had kept. */
export async function restoreReport(panel: vscode.WebviewPanel, state: unknown, open: Map<string, vscode.WebviewPanel>, dependencies: Dependencies): Promise<void> {
  const kept = z.object({ report: z.string() }).safeParse(state);
  const report = kept.success ? vscode.Uri.parse(kept.data.report) : undefined;
  if (report?.scheme !== "file") return panel.dispose();
  fill(panel, report, open, dependencies);
}

function fill(panel: vscode.WebviewPanel, file: vscode.Uri, open: Map<string, vscode.WebviewPanel>, { extensionUri, log, providerTitle, evaluateAgain }: Dependencies): void {
  panel.iconPath = panelIcon(extensionUri);
  open.set(file.toString(), panel);
  const load = async (): Promise<{ report: Report; overview: Overview }> => {
    const report = await openReport(file.fsPath);
    panel.title = titleOf(report.models.tuned);
    return { report, overview: toOverview(report, file.toString(), providerTitle(report.models.provider)) };
  };
  let current = load();
  // A file that cannot be read is told to the page when it asks.
  current.catch((error: unknown) => log.warn(String(error)));

  const end = serve<EvaluationPanel>(toPort(panel.webview), createPanelHandlers(() => current, {
    openRecord: (report, line) => openRecord(file, report, line, panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One),
    openReport: async () => void (await vscode.window.showTextDocument(file, { preview: true })),
    exportReport: (report) => exportReport(file, report),
    evaluateAgain: (report) => evaluateAgain(toChoices(file, report)),
  }));
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(file, ".."), file.path.split("/").at(-1) ?? ""), true, false, true);
  const watching = watcher.onDidChange(async () => {
    const next = load();
    // A report that is half written, or no report any more, does not replace the one that is shown.
    const loaded = await next.catch(() => undefined);
    if (!loaded) return;
    current = next;
    end.emit("changed", loaded.overview);
  });
  panel.onDidDispose(() => {
    end.dispose();
    vscode.Disposable.from(watcher, watching).dispose();
    if (open.get(file.toString()) === panel) open.delete(file.toString());
  });
  loadPage(panel.webview, extensionUri, "evaluation", "Evaluation");
}

/** The record is shown beside the panel, never over it. */
async function openRecord(file: vscode.Uri, { dataset }: Report, line: number, viewColumn: vscode.ViewColumn): Promise<void> {
  const path = fromReportPath(rootOfReport(file.fsPath), dataset.path);
  const document = await vscode.workspace.openTextDocument(path);
  const position = new vscode.Position(Math.min(line, document.lineCount) - 1, 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), viewColumn });
  if ((await hashFile(path)) !== dataset.sha256) void vscode.window.showInformationMessage(`${vscode.workspace.asRelativePath(path)} was changed since this evaluation; line ${line} may be another record now.`);
}

async function exportReport(file: vscode.Uri, { models }: Report): Promise<void> {
  const target = await vscode.window.showSaveDialog({ title: `Export the evaluation of ${models.tuned}`, defaultUri: vscode.Uri.joinPath(file, "..", "..", "..", file.path.split("/").at(-1) ?? "report.json"), filters: { JSON: ["json"] } });
  if (target) await vscode.workspace.fs.copy(file, target, { overwrite: true });
}

function toChoices(file: vscode.Uri, { dataset, models, metric, also }: Report): Choices {
  const { job, ...named } = models;
  return { testFile: vscode.Uri.file(fromReportPath(rootOfReport(file.fsPath), dataset.path)), ...named, ...(job === undefined ? {} : { job }), metric, ...(also ? { also } : {}) };
}

function titleOf(tuned: string): string {
  return `Evaluation: ${tuned}`;
}

import * as vscode from "vscode";
import { openSavedReport } from "../../evaluating/report-file.ts";

/** Asks which saved report to open, the latest first; undefined when the user turns away. */
export async function chooseReport(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles("**/.tunesmith/evaluations/{*,plans/*}.json", undefined, 200);
  if (found.length === 0) throw new Error("This workspace has no evaluation report yet. Evaluate Model makes one.");
  const items = await Promise.all(found.map(async (file) => {
    const report = await openSavedReport(file.fsPath).catch(() => undefined);
    const label = report ? (report.version === 1 ? `${report.models.tuned} against ${report.models.base}` : report.plan) : vscode.workspace.asRelativePath(file);
    return { file, createdAt: report?.createdAt ?? "", label, ...(report ? { description: new Date(report.createdAt).toLocaleString(), detail: report.version === 1 ? report.summary.verdict.headline : report.summary.words } : { description: "cannot be read" }) };
  }));
  const chosen = await vscode.window.showQuickPick(items.sort((a, b) => b.createdAt.localeCompare(a.createdAt)), { title: "Open Evaluation Report", matchOnDescription: true });
  return chosen?.file;
}

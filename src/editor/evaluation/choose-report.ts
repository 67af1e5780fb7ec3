import * as vscode from "vscode";
import type { KnownReports } from "./known-reports.ts";

/** Asks which saved report to open, the latest first; undefined when the user turns away. */
export async function chooseReport(known: KnownReports): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles("**/.tunesmith/evaluations/{*,plans/*}.json", undefined, 200);
  if (found.length === 0) throw new Error("This workspace has no evaluation report yet. Evaluate Model makes one.");
  const items = await Promise.all(found.map(async (file) => {
    const [head, read] = await Promise.all([known.head(file), known.read(file)]);
    const label = head ? (head.version === 1 ? `${head.models.tuned} against ${head.models.base}` : head.plan) : vscode.workspace.asRelativePath(file);
    return { file, createdAt: head?.createdAt ?? "", label, description: head ? new Date(head.createdAt).toLocaleString() : "cannot be read", ...(read?.row ? { detail: read.row.headline } : {}) };
  }));
  const chosen = await vscode.window.showQuickPick(items.sort((a, b) => b.createdAt.localeCompare(a.createdAt)), { title: "Open Evaluation Report", matchOnDescription: true });
  return chosen?.file;
}

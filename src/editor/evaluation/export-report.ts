import * as vscode from "vscode";
import { fromReportPath, rootOfReport } from "../../evaluating/evaluation-folder.ts";
import { readReviews } from "../../evaluating/review-file.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { withProgress } from "../with-progress.ts";

/** What a report can go out as; how the name ends says which. */
const filters = { "Web page": ["html"], Markdown: ["md"], "Table of answers": ["csv"], "JSON Lines of answers": ["jsonl"], "Report": ["json"] };

/** Saves a report, in the form that the user chooses, where they choose; the file that was written, or undefined when they turned away. Rejects with an Error for the user. */
export async function exportReport(file: vscode.Uri, subject: string, workerFile: URL): Promise<vscode.Uri | undefined> {
  const name = (file.path.split("/").at(-1) ?? "report.json").replace(/\.json$/i, ".html");
  const target = await vscode.window.showSaveDialog({ title: `Export the evaluation of ${subject}`, defaultUri: vscode.Uri.file(fromReportPath(rootOfReport(file.fsPath), name)), filters });
  if (!target) return undefined;
  const worker = createDatasetClient(workerFile);
  try {
    const reviews = await readReviews(file.fsPath);
    await withProgress(`Exporting the evaluation of ${subject}`, (signal) => worker.exportReport(file.fsPath, target.fsPath, reviews, signal));
    return target;
  } finally {
    worker.dispose();
  }
}

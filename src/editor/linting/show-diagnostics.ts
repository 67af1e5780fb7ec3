import * as vscode from "vscode";
import type { Check } from "../../workers/file-check.ts";
import { documentOf } from "./dataset-files.ts";
import type { LintedDocuments } from "./documents.ts";
import type { ShownFindings } from "./shown-findings.ts";

/**
 * Shows the findings of the open documents as they come. What was found in an older version is not shown: VS Code moves what it shows as one types, and
 * the next findings follow. What a check from disk found stays until the file is opened and closed.
 */
export function showDiagnostics(documents: LintedDocuments, findings: ShownFindings): vscode.Disposable {
  const shown = new Map<string, Check>();
  const show = (uri: vscode.Uri): void => {
    const analysis = documents.latest(uri);
    if (!analysis || shown.get(uri.toString()) === analysis.check || documentOf(uri)?.version !== analysis.version) return;
    shown.set(uri.toString(), analysis.check);
    findings.show(uri, analysis.check);
  };
  const hide = (uri: vscode.Uri): void => {
    shown.delete(uri.toString());
    findings.show(uri, undefined);
  };
  return vscode.Disposable.from(documents.onDidLint(show), documents.onDidClose(hide));
}

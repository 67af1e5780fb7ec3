import * as vscode from "vscode";
import type { Finding, Severity } from "../../dataset/finding.ts";
import { toRange, type LintedDocuments } from "./documents.ts";
import { pageOf } from "./rule-pages.ts";

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** VS Code shows 1,000 diagnostics of a file; the last place is kept for the sentence that says how many there are. */
const mostShown = 999;

export const diagnosticSource = "tunesmith";

/** Findings as diagnostics, errors first where not all can be shown. */
export function toDiagnostics(findings: readonly Finding[]): vscode.Diagnostic[] {
  const order: readonly Severity[] = ["error", "warning", "information", "hint"];
  const shown = findings.length <= mostShown ? findings : [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)).slice(0, mostShown);
  const diagnostics = shown.map(toDiagnostic);
  if (shown.length < findings.length) {
    const rest = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), `${findings.length - shown.length} further findings are not shown; "tunesmith lint" lists them all.`, vscode.DiagnosticSeverity.Information);
    rest.source = diagnosticSource;
    diagnostics.push(rest);
  }
  return diagnostics;
}

function toDiagnostic(finding: Finding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(finding), finding.message, severities[finding.severity]);
  diagnostic.source = diagnosticSource;
  if (finding.severity === "hint" || isSuperfluous(finding)) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  diagnostic.code = { value: finding.rule, target: pageOf(finding.rule) };
  return diagnostic;
}

/** Whether a fix takes away the very lines that a finding is about: an empty one, a record that is there already. VS Code fades what is unnecessary. */
function isSuperfluous({ range, fixes }: Finding): boolean {
  return fixes.some(({ edits: [edit, ...more] }) => edit?.text === "" && more.length === 0 && edit.range.start.line === range.start.line && edit.range.start.character === 0 && edit.range.end.line > range.end.line);
}

/** Shows the findings of the open documents as they come. What a check from disk found stays until the file is opened and closed. */
export function showDiagnostics(documents: LintedDocuments, collection: vscode.DiagnosticCollection): vscode.Disposable {
  const show = (uri: vscode.Uri): void => {
    const analysis = documents.latest(uri);
    if (analysis) collection.set(uri, toDiagnostics(analysis.result.findings));
  };
  return vscode.Disposable.from(documents.onDidLint(show), documents.onDidClose((uri) => collection.delete(uri)));
}

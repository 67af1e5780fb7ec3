import * as vscode from "vscode";
import type { Severity } from "../../dataset/finding.ts";
import type { ShownFinding } from "../../workers/file-check.ts";
import { toRange } from "./documents.ts";
import { pageOf } from "./rule-pages.ts";
import type { Rest } from "./summarise-rest.ts";

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

const diagnosticSource = "tunesmith";

/** What says how many findings are not shown. It is no rule's finding, and so there is nothing to look up. */
export function toSummary({ message, severity }: Rest): vscode.Diagnostic {
  const summary = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), message, severities[severity]);
  summary.source = diagnosticSource;
  return summary;
}

/** One finding in `file` as VS Code shows it. */
export function toDiagnostic(finding: ShownFinding, file: vscode.Uri): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(finding), finding.message, severities[finding.severity]);
  diagnostic.source = diagnosticSource;
  // VS Code fades what is unnecessary.
  if (finding.severity === "hint" || finding.superfluous) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  if (finding.related) {
    diagnostic.relatedInformation = finding.related.map(({ file: other, line }) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(other === undefined ? file : vscode.Uri.file(other), new vscode.Position(line, 0)), "The other record"));
  }
  diagnostic.code = { value: finding.rule, target: pageOf(finding.rule) };
  return diagnostic;
}

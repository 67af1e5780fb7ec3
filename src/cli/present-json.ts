import type { Finding } from "../dataset/finding.ts";
import type { LintResult } from "../dataset/lint.ts";

/** One linted file under the name that it was given. */
export interface LintedFile {
  readonly path: string;
  readonly result: LintResult;
}

/** How many errors and warnings some files have. */
export function summarise(files: readonly LintedFile[]): { readonly errors: number; readonly warnings: number } {
  const count = (severity: Finding["severity"]): number => files.reduce((sum, { result }) => sum + result.findings.filter((finding) => finding.severity === severity).length, 0);
  return { errors: count("error"), warnings: count("warning") };
}

/** The findings as one JSON document. Lines and columns count from 1, columns in UTF-16 units, `endColumn` exclusive. */
export function presentJson(files: readonly LintedFile[]): string {
  const document = {
    files: files.map(({ path, result }) => ({ path, records: result.records, findings: result.findings.map(toJson) })),
    summary: summarise(files),
  };
  return `${JSON.stringify(document)}\n`;
}

function toJson({ rule, severity, range, message, fixes }: Finding) {
  return {
    rule, severity,
    line: range.start.line + 1, column: range.start.character + 1,
    endLine: range.end.line + 1, endColumn: range.end.character + 1,
    message,
    fixes: fixes.map(({ title, safe }) => ({ title, safe })),
  };
}

import type { Finding } from "../dataset/finding.ts";
import { omittedOf, summarise, type Complaint, type LintedFile } from "./summary.ts";

/**
 * The findings as one JSON document, piece by piece: `{"files": [{"path", "records", "findings"}], "summary": {"errors", "warnings"}}`, and
 * `"omitted": [{"rule", "severity", "count"}]` in a file with more findings of a rule than are told, and `"errors": [{"path", "message"}]` where arguments could not be checked. Lines and columns count from 1, columns in UTF-16 units, `endColumn` exclusive.
 */
export function* presentJson(files: readonly LintedFile[], complaints: readonly Complaint[]): Generator<string> {
  yield '{"files":[';
  for (const [index, file] of files.entries()) {
    const { path, result } = file;
    yield `${index === 0 ? "" : ","}{"path":${JSON.stringify(path)},"records":${result.records},"findings":[`;
    for (const [number, finding] of result.findings.entries()) yield `${number === 0 ? "" : ","}${JSON.stringify(toJson(finding))}`;
    const omitted = omittedOf(file);
    yield `]${omitted.length > 0 ? `,"omitted":${JSON.stringify(omitted)}` : ""}}`;
  }
  const { errors, warnings } = summarise(files);
  const unusable = complaints.map(({ path, message }) => ({ path, message }));
  yield `],${unusable.length > 0 ? `"errors":${JSON.stringify(unusable)},` : ""}"summary":${JSON.stringify({ errors, warnings })}}\n`;
}

function toJson({ rule, severity, range, message, fixes, related }: Finding) {
  return {
    rule, severity,
    line: range.start.line + 1, column: range.start.character + 1,
    endLine: range.end.line + 1, endColumn: range.end.character + 1,
    message,
    fixes: fixes.map(({ title, safe }) => ({ title, safe })),
    ...(related ? { related: related.map(({ file, line }) => ({ ...(file === undefined ? {} : { path: file }), line: line + 1 })) } : {}),
  };
}

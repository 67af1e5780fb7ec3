import { statSync } from "node:fs";
import type { Finding, Severity } from "../dataset/finding.ts";
import { openSource } from "../workers/read-source.ts";
import { excerptOf, visible } from "./excerpt.ts";
import { count, summarise, type LintedFile } from "./summary.ts";

const colours: Readonly<Record<Severity, string>> = { error: "31", warning: "33", information: "36", hint: "2" };

type Paint = (text: string, code: string) => string;

/**
 * The findings as lines to read, piece by piece: `path:line:column severity message [rule]`, the place in its line with carets under it,
 * and what would repair it; at the end how many there are.
 */
export function* presentText(files: readonly LintedFile[], colour: boolean): Generator<string> {
  const paint: Paint = (text, code) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  for (const { path, result } of files) {
    for (const { finding, line } of withLines(path, result.findings)) yield presentFinding(path, finding, line, paint);
    if (result.findings.length > 0) yield "\n";
  }
  const { records, errors, warnings, fixable } = summarise(files);
  yield `${count(files.length, "file")}, ${count(records, "record")}: ${count(errors, "error")}, ${count(warnings, "warning")}${fixable > 0 ? `; ${fixable} can be fixed with "tunesmith fix"` : ""}\n`;
}

function presentFinding(path: string, { severity, rule, range, message, fixes }: Finding, line: string | undefined, paint: Paint): string {
  const { start, end } = range;
  const place = `${path}:${start.line + 1}:${start.character + 1}`;
  let text = `${paint(visible(place), "1")} ${paint(severity, colours[severity])} ${visible(message)} ${paint(`[${rule}]`, "2")}\n`;
  const aboutFile = start.line === 0 && start.character === 0 && end.line === 0 && end.character === 0;
  if (line !== undefined && line.trim() !== "" && !aboutFile) {
    const excerpt = excerptOf(line, range);
    text += `    ${excerpt.text}\n    ${paint(excerpt.marks, colours[severity])}\n`;
  }
  for (const { title, safe } of fixes) text += `    ${paint(`${safe ? "fix" : "suggestion"}: ${visible(title)}`, "2")}\n`;
  return text;
}

/** The findings, which stand in the order of the text, each with its line, read from the file anew: linting kept none. A pipe cannot be read twice. */
function* withLines(path: string, findings: readonly Finding[]): Generator<{ readonly finding: Finding; readonly line: string | undefined }> {
  if (findings.length === 0) return;
  if (!statSync(path).isFile()) {
    for (const finding of findings) yield { finding, line: undefined };
    return;
  }
  const source = openSource(path);
  try {
    let next = 0;
    let number = 0;
    for (const { text } of source.lines) {
      for (let finding = findings[next]; finding?.range.start.line === number; finding = findings[++next]) yield { finding, line: text };
      if (next === findings.length) return;
      number++;
    }
    for (const finding of findings.slice(next)) yield { finding, line: undefined };
  } finally {
    source.close();
  }
}

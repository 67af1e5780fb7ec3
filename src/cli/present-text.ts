import type { Severity } from "../dataset/finding.ts";
import { excerptOf, visible } from "./excerpt.ts";
import { isAboutFile, withLines, type PlacedFinding } from "./read-again.ts";
import { count, omittedOf, summarise, type LintedFile } from "./summary.ts";
import { createPaint, type Paint, type Style } from "./terminal.ts";

const styles: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", information: "cyan", hint: "dim" };
const indent = "    ";

/**
 * The findings as lines to read, piece by piece: `path:line:column severity message [rule]`, the place in its line with carets under it,
 * and what would repair it; at the end how many there are. Excerpts fit into `columns`; sentences are left to the terminal to break.
 */
export function* presentText(files: readonly LintedFile[], { colour, columns }: { readonly colour: boolean; readonly columns: number }): Generator<string> {
  const paint = createPaint(colour);
  for (const file of files) {
    for (const placed of withLines(file)) yield presentFinding(file.path, placed, columns, paint);
    for (const { rule, severity, count: left } of omittedOf(file)) yield `${paint("bold", visible(file.path))} ${paint(styles[severity], severity)} ${left.toLocaleString("en")} more like those above ${paint("dim", `[${rule}]`)}\n`;
    if (file.result.findings.length > 0) yield "\n";
  }
  const { records, errors, warnings, fixable } = summarise(files);
  yield `${count(files.length, "file")}, ${count(records, "record")}: ${count(errors, "error")}, ${count(warnings, "warning")}${fixable > 0 ? `; ${fixable} can be fixed with "tunesmith fix"` : ""}\n`;
}

function presentFinding(path: string, { finding, line }: PlacedFinding, columns: number, paint: Paint): string {
  const { severity, rule, range, message, fixes } = finding;
  const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
  let text = `${paint("bold", visible(place))} ${paint(styles[severity], severity)} ${visible(message)} ${paint("dim", `[${rule}]`)}\n`;
  if (line !== undefined && line.trim() !== "" && !isAboutFile(finding)) {
    const excerpt = excerptOf(line, range, columns - indent.length);
    text += `${indent}${excerpt.text}\n${indent}${paint(styles[severity], excerpt.marks)}\n`;
  }
  for (const { title, safe } of fixes) text += `${indent}${paint("dim", `${safe ? "fix" : "suggestion"}: ${visible(title)}`)}\n`;
  return text;
}

import type { Severity } from "../dataset/finding.ts";
import { summarise, type LintedFile } from "./present-json.ts";

const colours: Readonly<Record<Severity, string>> = { error: "31", warning: "33", information: "36", hint: "2" };

/** The findings as lines to read: `path:line:column severity rule message`, then how many there are and what `fix` would repair. */
export function presentText(files: readonly LintedFile[], colour: boolean): string {
  const paint = (text: string, code: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines: string[] = [];
  for (const { path, result } of files) {
    for (const { severity, rule, range, message, fixes } of result.findings) {
      const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
      const repair = fixes[0] ? paint(` (${fixes[0].safe ? "fix" : "suggestion"}: ${fixes[0].title})`, "2") : "";
      lines.push(`${paint(place, "1")} ${paint(severity, colours[severity])} ${message} ${paint(`[${rule}]`, "2")}${repair}`);
    }
  }
  if (lines.length > 0) lines.push("");
  const { errors, warnings } = summarise(files);
  const records = files.reduce((sum, { result }) => sum + result.records, 0);
  const fixable = files.reduce((sum, { result }) => sum + result.findings.filter(({ fixes }) => fixes.some(({ safe }) => safe)).length, 0);
  lines.push(`${count(files.length, "file")}, ${count(records, "record")}: ${count(errors, "error")}, ${count(warnings, "warning")}${fixable > 0 ? `; ${fixable} can be fixed with "tunesmith fix"` : ""}`);
  return `${lines.join("\n")}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

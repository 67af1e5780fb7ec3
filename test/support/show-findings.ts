import type { Finding } from "../../src/dataset/finding.ts";

/** Findings as a person reviews them: the line, carets under the range, `severity rule: message`, and the fixes. */
export function showFindings(text: string, findings: readonly Finding[]): string {
  const lines = text.split(/\r\n|\n|\r/);
  return findings.map(({ rule, severity, range, message, fixes }) => {
    const line = lines[range.start.line] ?? "";
    const { character: start } = range.start;
    const width = Math.max(1, range.end.character - start);
    const from = Math.max(0, start - 60);
    const shown = line.slice(from, from + 160);
    const carets = " ".repeat(start - from) + "^".repeat(Math.min(width, 160 - (start - from)));
    const repairs = fixes.map(({ title, safe }) => `    ${safe ? "safe fix" : "suggestion"}: ${title}\n`).join("");
    return `${range.start.line + 1}:${start + 1}-${range.end.character + 1} ${severity} ${rule}: ${message}\n${repairs}  | ${shown.replaceAll(/[\u0000-\u001f]/g, "\u00b7")}\n  | ${carets}\n`;
  }).join("");
}

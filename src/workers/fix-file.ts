import { realpathSync } from "node:fs";
import { dirname, basename, join } from "node:path";
import type { Finding } from "../dataset/finding.ts";
import { safeFixes, selectEdits } from "../dataset/select-edits.ts";
import { createLinter, type LintResult } from "../dataset/lint.ts";
import type { Target } from "../dataset/targets/target.ts";
import { applyEdits, type Edit } from "../dataset/text.ts";
import { openSource, type RawLine } from "./read-source.ts";
import { writeBeside } from "./write-beside.ts";

/** What fixing a file did, and what is left to say of the file that was written. */
export interface FixedFile {
  readonly fixed: number;
  readonly result: LintResult;
}

/**
 * Writes `out` with all safe fixes of `path`; every byte that no fix touches is copied, be it UTF-8 or not. `out` is always written, and never
 * half. Throws Node's error when a file cannot be read or written, and an Error when both are the same file.
 */
export function fixFile(path: string, target: Target, out: string): FixedFile {
  if (samePlace(path, out)) throw new Error("it is the file to fix; a file is never changed in place, so name another one");
  const source = openSource(path);
  try {
    let lines = [...source.lines];
    const linter = createLinter(target);
    let result = linter.lint({ ...source, lines });
    const rewrite = safeFixes(result.findings).some(({ encoding }) => encoding !== undefined);
    let fixed = rewrite ? 1 : 0;
    if (rewrite) result = linter.lint({ encoding: "utf-8", byteOrderMark: false, lines });
    for (let round = 0; round < 100; round++) {
      const edits = selectEdits(safeFixes(result.findings.filter((finding) => isEditable(finding, lines))));
      if (edits.length === 0) break;
      fixed += edits.length;
      lines = editLines(lines, edits);
      result = linter.lint({ encoding: "utf-8", byteOrderMark: false, lines });
    }
    const mark = source.byteOrderMark && !rewrite ? [Buffer.from([0xef, 0xbb, 0xbf])] : [];
    writeBeside(out, [...mark, ...lines.map(({ bytes }) => bytes)]);
    return { fixed, result };
  } finally {
    source.close();
  }
}

/** A line with bytes that are no UTF-8 cannot be written anew without losing them; it stays as it was. */
function isEditable({ range }: Finding, lines: readonly RawLine[]): boolean {
  return lines[range.start.line]?.malformed === undefined;
}

function editLines(lines: readonly RawLine[], edits: readonly Edit[]): RawLine[] {
  const byLine = new Map<number, Edit[]>();
  for (const edit of edits) byLine.set(edit.range.start.line, [...(byLine.get(edit.range.start.line) ?? []), edit]);
  return lines.flatMap((line, number) => {
    const own = byLine.get(number);
    if (!own) return [line];
    const text = applyEdits(line.text + line.lineBreak, own.map(({ range, text: replacement }) => ({
      range: { start: { line: 0, character: range.start.character }, end: { line: range.end.line - number, character: range.end.character } },
      text: replacement,
    })));
    if (text === "") return [];
    const content = text.endsWith(line.lineBreak) ? text.slice(0, text.length - line.lineBreak.length) : text;
    return [{ text: content, lineBreak: line.lineBreak, bytes: Buffer.from(text) }];
  });
}

function samePlace(path: string, out: string): boolean {
  const real = realpathSync(path);
  try {
    return realpathSync(out) === real;
  } catch {
    return join(resolveFolder(out), basename(out)) === real;
  }
}

function resolveFolder(file: string): string {
  try {
    return realpathSync(dirname(file));
  } catch {
    return dirname(file);
  }
}

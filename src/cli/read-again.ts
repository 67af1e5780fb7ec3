import { statSync } from "node:fs";
import type { Finding } from "../dataset/finding.ts";
import { FileError } from "../workers/file-error.ts";
import { openSource } from "../workers/read-source.ts";
import type { LintedFile } from "./summary.ts";

/** A finding with the text of its line; without one where the line can no longer be read. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly line: string | undefined;
}

/** The findings of a file, which stand in the order of the text, each with its line, read from the file anew: linting kept none. */
export function* withLines({ path, copy, result }: LintedFile): Generator<PlacedFinding> {
  const { findings } = result;
  let next = 0;
  try {
    for (const text of findings.length > 0 ? linesOf(copy ?? path, findings) : []) {
      for (let finding = findings[next]; finding?.range.start.line === text.number; finding = findings[++next]) yield { finding, line: text.line };
    }
  } catch (error) {
    // What is gone meanwhile has been judged already; only its lines cannot be shown.
    if (!(error instanceof FileError)) throw error;
  }
  for (const finding of findings.slice(next)) yield { finding, line: undefined };
}

/** The lines up to that of the last finding. A pipe or a device cannot be read twice. */
function* linesOf(path: string, findings: readonly Finding[]): Generator<{ readonly number: number; readonly line: string }> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
  const last = findings.at(-1)?.range.start.line ?? -1;
  const source = openSource(path);
  try {
    let number = 0;
    for (const { text } of source.lines) {
      yield { number, line: text };
      if (number++ >= last) return;
    }
  } finally {
    source.close();
  }
}

/** Whether a finding is about the file and no place in it. */
export function isAboutFile({ range: { start, end } }: Finding): boolean {
  return start.line === 0 && start.character === 0 && end.line === 0 && end.character === 0;
}

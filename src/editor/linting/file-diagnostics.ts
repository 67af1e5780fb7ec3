import * as vscode from "vscode";
import type { FileCheck } from "../../workers/file-check.ts";
import { toDiagnostics } from "./diagnostics.ts";
import { selectShown, summariseRest } from "./select-shown.ts";

/** The findings of a file that was checked from disk, as diagnostics; first of all what says how many are not among them. */
export function toFileDiagnostics(check: FileCheck): vscode.Diagnostic[] {
  const rest = summariseRest(check);
  const shown = toDiagnostics(selectShown(check));
  if (!rest) return shown;
  const start = { line: 0, character: 0 };
  const summary = toDiagnostics([{ rule: "", ...rest, range: { start, end: start }, fixes: [] }]);
  // It is no rule's finding, and so there is nothing to look up.
  for (const diagnostic of summary) delete diagnostic.code;
  return [...summary, ...shown];
}

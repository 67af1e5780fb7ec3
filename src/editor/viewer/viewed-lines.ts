import type * as vscode from "vscode";

/** The record that each record viewer shows, by its line from 0: what commands mean there that ask for the record at the cursor elsewhere. */
export interface ViewedLines {
  note(file: vscode.Uri, line: number): void;
  /** Undefined for a file that no viewer has shown a record of. */
  line(file: vscode.Uri): number | undefined;
}

export function createViewedLines(): ViewedLines {
  const lines = new Map<string, number>();
  return {
    note: (file, line) => void lines.set(file.toString(), line),
    line: (file) => lines.get(file.toString()),
  };
}

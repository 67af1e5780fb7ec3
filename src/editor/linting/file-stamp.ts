import { stat } from "node:fs/promises";
import type * as vscode from "vscode";

/** What tells whether a file on disk is still the same: its size, the moment of its last change, and which file it is. Undefined when it is not there. */
export async function stampOf(file: vscode.Uri): Promise<string | undefined> {
  const stats = await stat(file.fsPath).catch(() => undefined);
  return stats && `${stats.size} ${stats.mtimeMs} ${stats.ino}`;
}

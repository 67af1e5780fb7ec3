import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import type { PresentError } from "../present-error.ts";
import { watchFile } from "../watch-file.ts";
import { tellCheck } from "./check-file.ts";
import { fileOfTab, isDatasetFile, largestDocument, recordViewer } from "./dataset-files.ts";
import type { LintedDocuments } from "./documents.ts";
import type { FileChecks } from "./file-checks.ts";

/** A file that is being written is not checked after every write, in milliseconds. */
const quiet = 2000;

/**
 * Checks by itself what has a tab in front but no document: files that are too large for one, and whatever is in the record viewer; once for each change.
 * The findings go when the last tab of the file is closed, as those of a document do.
 */
export function checkOpenFiles({ documents, checks, presentError }: { readonly documents: LintedDocuments; readonly checks: FileChecks; readonly presentError: PresentError }): vscode.Disposable {
  const watched = new Map<string, vscode.Disposable>();
  const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap(({ tabs: own }) => own);

  async function look(file: vscode.Uri, inViewer: boolean): Promise<void> {
    try {
      if (!inViewer && (await stat(file.fsPath)).size <= largestDocument) return;
      if (!watched.has(file.toString())) watched.set(file.toString(), watch(file));
      const check = await checks.checkOnce(file);
      if (check && !inViewer) await tellCheck(file, checks);
    } catch (error) {
      // The viewer says itself what went wrong with its file.
      if (!inViewer) presentError(error);
    }
  }

  function lookAtFront(): void {
    const open = new Set(tabs().flatMap((tab) => fileOfTab(tab)?.toString() ?? []));
    for (const [address, watching] of watched) {
      if (open.has(address)) continue;
      watching.dispose();
      watched.delete(address);
      checks.hide(vscode.Uri.parse(address, true));
    }
    for (const tab of tabs()) {
      const file = tab.isActive ? fileOfTab(tab) : undefined;
      if (file && isDatasetFile(file)) void look(file, tab.input instanceof vscode.TabInputCustom && tab.input.viewType === recordViewer);
    }
  }

  function watch(file: vscode.Uri): vscode.Disposable {
    let timer: NodeJS.Timeout | undefined;
    const watching = watchFile(file, () => {
      clearTimeout(timer);
      timer = setTimeout(lookAtFront, quiet);
    });
    return new vscode.Disposable(() => {
      clearTimeout(timer);
      watching.dispose();
    });
  }

  lookAtFront();
  return vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(lookAtFront),
    // The document's findings stood where those of the disk are shown again.
    documents.onDidClose((file) => watched.has(file.toString()) && checks.publish(file)),
    documents.onDidChangeConfiguration(() => {
      checks.forget();
      lookAtFront();
    }),
    new vscode.Disposable(() => watched.forEach((watching) => void watching.dispose())),
  );
}

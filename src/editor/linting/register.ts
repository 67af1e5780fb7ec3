import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import type { PresentError } from "../present-error.ts";
import { checkFile } from "./check-file.ts";
import { showDiagnostics } from "./diagnostics.ts";
import { language, lintDocuments } from "./documents.ts";
import { fixDocument } from "./fix-document.ts";
import { createQuickFixes, fixAllKind } from "./quick-fixes.ts";
import { showStatus } from "./status-item.ts";

export interface LintingDependencies {
  /** The bundle that runs in the worker. */
  readonly workerFile: URL;
  readonly log: vscode.LogOutputChannel;
  readonly presentError: PresentError;
}

/** Findings, repairs and status of the open datasets. */
export function registerLinting({ workerFile, log, presentError }: LintingDependencies): vscode.Disposable {
  const documents = lintDocuments(workerFile, log);
  const collection = vscode.languages.createDiagnosticCollection("tunesmith");
  return vscode.Disposable.from(
    documents,
    collection,
    showDiagnostics(documents, collection),
    showStatus(documents),
    vscode.languages.registerCodeActionsProvider({ language }, createQuickFixes(documents), { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind] }),
    registerCommand("tunesmith.dataset.check", (file) => checkFile(file, documents, collection), presentError),
    registerCommand("tunesmith.dataset.fix", (file) => fixDocument(file, documents), presentError),
  );
}

import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import type { PresentError } from "../present-error.ts";
import { checkFile } from "./check-file.ts";
import { checkOpenFiles } from "./check-open-files.ts";
import { chooseTarget } from "./choose-target.ts";
import { language, lintDocuments, type LintedDocuments } from "./documents.ts";
import { encodeDocument } from "./encode-document.ts";
import { createFileChecks, type FileChecks } from "./file-checks.ts";
import { createFileLinks } from "./file-links.ts";
import { fixDocument } from "./fix-document.ts";
import { fixToNewFile } from "./fix-to-new-file.ts";
import { createHovers } from "./hovers.ts";
import { createQuickFixes, fixAllKind } from "./quick-fixes.ts";
import { createInlayHints, createOutline } from "./records-in-sight.ts";
import { registerRulePages, showRule } from "./rule-pages.ts";
import { showDiagnostics } from "./show-diagnostics.ts";
import { showFindings } from "./shown-findings.ts";
import { showStatus } from "./status-item.ts";
import { createTargetChoice } from "./target-choice.ts";

export interface LintingDependencies {
  readonly extensionUri: vscode.Uri;
  /** The bundle that runs in the worker. */
  readonly workerFile: URL;
  /** Keeps what was chosen in this workspace. */
  readonly state: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly presentError: PresentError;
}

/** Findings, repairs and status of the open datasets, and of those on disk that are too large to be opened as documents. */
export function registerLinting({ extensionUri, workerFile, state, log, presentError }: LintingDependencies): { readonly documents: LintedDocuments; readonly checks: FileChecks; readonly disposable: vscode.Disposable } {
  const choice = createTargetChoice(state);
  const documents = lintDocuments(workerFile, choice, log, (message) => presentError(new Error(message)));
  const shown = showFindings();
  const hints = createInlayHints(documents);
  const checks = createFileChecks(documents, shown);
  const disposable = vscode.Disposable.from(
    choice,
    checks,
    documents,
    shown,
    showDiagnostics(documents, shown),
    showStatus(documents),
    vscode.languages.registerCodeActionsProvider({ language }, createQuickFixes(documents), { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind] }),
    vscode.languages.registerHoverProvider({ language }, createHovers(documents)),
    vscode.languages.registerDocumentLinkProvider({ language }, createFileLinks(documents)),
    hints,
    vscode.languages.registerInlayHintsProvider({ language }, hints),
    vscode.languages.registerDocumentSymbolProvider({ language }, createOutline(documents), { label: "Tunesmith" }),
    registerRulePages(extensionUri),
    checkOpenFiles({ documents, checks, presentError }),
    registerCommand("tunesmith.dataset.check", (file) => checkFile(file, documents, checks), presentError),
    registerCommand("tunesmith.dataset.fix", (file) => fixDocument(file, documents), presentError),
    registerCommand("tunesmith.dataset.encode", (file) => encodeDocument(file, documents), presentError),
    registerCommand("tunesmith.dataset.fixToNewFile", (file, out) => fixToNewFile(file, out, documents), presentError),
    registerCommand("tunesmith.target.choose", (file, name) => chooseTarget(file, name, choice, documents), presentError),
    registerCommand("tunesmith.rule.show", (rule) => showRule(rule), presentError),
  );
  return { documents, checks, disposable };
}

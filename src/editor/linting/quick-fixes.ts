import * as vscode from "vscode";
import type { Finding, Fix } from "../../dataset/finding.ts";
import { safeFixes, selectEdits } from "../../dataset/select-edits.ts";
import { toDiagnostics } from "./diagnostics.ts";
import { toRange, type LintedDocuments } from "./documents.ts";

/** The kind under which users have all safe fixes applied when they save. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("tunesmith");

/** Repairs at the light bulb and on save. They come from our own analysis, because VS Code hands over only the diagnostics that it shows. */
export function createQuickFixes(documents: LintedDocuments): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, { only }) {
      const wantsFixAll = only !== undefined && fixAllKind.intersects(only);
      // On save the text has just changed; a repair made for older text must not be applied.
      const analysis = wantsFixAll ? await documents.settled(document) : documents.current(document);
      if (!analysis) return [];
      const { findings } = analysis.result;
      const actions: vscode.CodeAction[] = [];
      if (!only || only.contains(vscode.CodeActionKind.QuickFix)) {
        const here = findings.filter((finding) => toRange(finding).intersection(range) !== undefined);
        for (const finding of here) actions.push(...quickFixes(document, finding, findings));
      }
      if (wantsFixAll) actions.push(...fixAll(document, findings));
      return actions;
    },
  };
}

function quickFixes(document: vscode.TextDocument, finding: Finding, all: readonly Finding[]): vscode.CodeAction[] {
  const diagnostics = toDiagnostics([finding]);
  const actions = finding.fixes.filter(({ rewrites }) => rewrites === undefined).map((fix) => {
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = toWorkspaceEdit(document.uri, [fix], !fix.safe);
    action.diagnostics = diagnostics;
    action.isPreferred = fix.safe && finding.fixes.length === 1;
    return action;
  });
  const alike = all.filter(({ rule }) => rule === finding.rule);
  const fixes = safeFixes(alike);
  if (actions.length > 0 && fixes.length > 1) {
    const action = new vscode.CodeAction(`Fix all ${finding.rule} problems in this file`, vscode.CodeActionKind.QuickFix);
    action.edit = toWorkspaceEdit(document.uri, fixes, false);
    action.diagnostics = diagnostics;
    actions.push(action);
  }
  return actions;
}

function fixAll(document: vscode.TextDocument, findings: readonly Finding[]): vscode.CodeAction[] {
  const fixes = safeFixes(findings).filter(({ edits }) => edits.length > 0);
  if (fixes.length === 0) return [];
  const action = new vscode.CodeAction("Fix all safe problems", fixAllKind);
  action.edit = toWorkspaceEdit(document.uri, fixes, false);
  return [action];
}

/** The edits of some fixes as one step to undo; suggestions are shown before they are applied. */
function toWorkspaceEdit(uri: vscode.Uri, fixes: readonly Fix[], preview: boolean): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const metadata = preview ? { needsConfirmation: true, label: fixes[0]?.title ?? "Suggestion" } : undefined;
  for (const { range, text } of selectEdits(fixes)) edit.replace(uri, toRange({ range }), text, metadata);
  return edit;
}

import * as vscode from "vscode";
import type { Finding, Fix } from "../../dataset/finding.ts";
import { safeFixes, selectEdits } from "../../dataset/select-edits.ts";
import { toDiagnostics } from "./diagnostics.ts";
import { toRange, type LintedDocuments } from "./documents.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/** The kind under which users have all safe fixes applied when they save. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("tunesmith");

/** What an action's edit is asked for only when it is chosen, because it concerns the whole document. */
interface Postponed {
  readonly document: vscode.TextDocument;
  readonly only?: "jsonl";
}

/** Repairs at the light bulb and on save. They come from our own analysis, because VS Code hands over only the diagnostics that it shows. */
export function createQuickFixes(documents: LintedDocuments): vscode.CodeActionProvider {
  const postponed = new WeakMap<vscode.CodeAction, Postponed>();
  const postpone = (action: vscode.CodeAction, how: Postponed): vscode.CodeAction => {
    postponed.set(action, how);
    return action;
  };

  function quickFixes(document: vscode.TextDocument, finding: Finding, all: readonly Finding[]): vscode.CodeAction[] {
    const diagnostics = toDiagnostics([finding]);
    const actions = finding.fixes.map((fix) => toAction(document, fix, postpone));
    const alike = safeFixes(all.filter(({ rule }) => rule === finding.rule)).filter(({ edits }) => edits.length > 0);
    if (actions.length > 0 && alike.length > 1) {
      const action = new vscode.CodeAction(`Fix all ${finding.rule} problems in this file`, vscode.CodeActionKind.QuickFix);
      action.edit = toWorkspaceEdit(document.uri, selectEdits(alike));
      actions.push(action);
    }
    for (const [index, action] of actions.entries()) {
      action.diagnostics = diagnostics;
      action.isPreferred = index === 0 && finding.fixes.length === 1 && finding.fixes[0]?.safe === true;
    }
    return actions;
  }

  async function fixAll(document: vscode.TextDocument): Promise<vscode.CodeAction[]> {
    const { version, edits } = await documents.client.fixDocument(document.uri.toString());
    // What was typed meanwhile has moved the places of the edits; VS Code asks again.
    if (edits.length === 0 || version !== document.version) return [];
    const action = new vscode.CodeAction("Fix all safe problems", fixAllKind);
    action.edit = toWorkspaceEdit(document.uri, edits);
    return [action];
  }

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
        if (actions.length > 0 && inText(safeFixes(findings)).length > 1) actions.push(postpone(new vscode.CodeAction("Fix all safe problems in this file", vscode.CodeActionKind.QuickFix), { document }));
      }
      if (wantsFixAll && inText(safeFixes(findings)).length > 0) actions.push(...(await fixAll(document)));
      return actions;
    },
    async resolveCodeAction(action) {
      const how = postponed.get(action);
      if (!how) return action;
      const { version, edits } = await documents.client.fixDocument(how.document.uri.toString(), how.only);
      if (version === how.document.version) action.edit = toWorkspaceEdit(how.document.uri, edits);
      return action;
    },
  };
}

function toAction(document: vscode.TextDocument, fix: Fix, postpone: (action: vscode.CodeAction, how: Postponed) => vscode.CodeAction): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  if (fix.rewrites === "jsonl") return postpone(action, { document, only: "jsonl" });
  if (fix.rewrites === undefined) action.edit = toWorkspaceEdit(document.uri, selectEdits([fix]), fix.safe ? undefined : fix.title);
  else {
    action.title = `${fix.title}, and save`;
    action.command = { title: fix.title, command: "tunesmith.dataset.encode", arguments: [document.uri] };
  }
  return action;
}

/** The fixes that change a document's text; bytes are no part of it. */
function inText(fixes: readonly Fix[]): readonly Fix[] {
  return fixes.filter(({ rewrites }) => rewrites === undefined || rewrites === "jsonl");
}

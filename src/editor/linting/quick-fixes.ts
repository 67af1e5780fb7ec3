import * as vscode from "vscode";
import type { Finding, Fix } from "../../dataset/finding.ts";
import { selectEdits } from "../../dataset/select-edits.ts";
import type { FixWhat } from "../../workers/worker-protocol.ts";
import { toDiagnostic } from "./diagnostics.ts";
import { toRange, type LintedDocuments } from "./documents.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/** The kind under which users have all safe fixes applied when they save. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("tunesmith");

/** What an action's edit is asked for only when it is chosen, because it concerns the whole document. */
interface Postponed {
  readonly document: vscode.TextDocument;
  readonly what?: FixWhat;
}

/** Repairs at the light bulb and on save. The worker is asked for them, because VS Code hands over only the diagnostics that it shows. */
export function createQuickFixes(documents: LintedDocuments): vscode.CodeActionProvider {
  const postponed = new WeakMap<vscode.CodeAction, Postponed>();
  const postpone = (action: vscode.CodeAction, how: Postponed): vscode.CodeAction => {
    postponed.set(action, how);
    return action;
  };

  function fixesOf(document: vscode.TextDocument, finding: Finding, alike: number): vscode.CodeAction[] {
    const actions = finding.fixes.map((fix) => toAction(document, fix, postpone));
    if (actions.length > 0 && alike > 1) {
      actions.push(postpone(new vscode.CodeAction(`Fix all ${finding.rule} problems in this file`, vscode.CodeActionKind.QuickFix), { document, what: { rule: finding.rule } }));
    }
    for (const [index, action] of actions.entries()) {
      action.diagnostics = [toDiagnostic(finding, document.uri)];
      action.isPreferred = index === 0 && finding.fixes.length === 1 && finding.fixes[0]?.safe === true;
    }
    return actions;
  }

  async function quickFixes(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const { version, findings, fixable, fixableInText } = await documents.client.lookAtLines(document.uri.toString(), range.start.line, range.end.line);
    // What was typed meanwhile has moved the places of the edits; VS Code asks again.
    if (version !== document.version) return [];
    const actions = findings.filter((finding) => toRange(finding).intersection(range) !== undefined).flatMap((finding) => fixesOf(document, finding, fixable.get(finding.rule) ?? 0));
    if (actions.length > 0 && fixableInText > 1) actions.push(postpone(new vscode.CodeAction("Fix all safe problems in this file", vscode.CodeActionKind.QuickFix), { document }));
    return actions;
  }

  async function fixAll(document: vscode.TextDocument): Promise<vscode.CodeAction[]> {
    const { version, edits } = await documents.client.fixDocument(document.uri.toString());
    if (edits.length === 0 || version !== document.version) return [];
    const action = new vscode.CodeAction("Fix all safe problems", fixAllKind);
    action.edit = toWorkspaceEdit(document.uri, edits);
    return [action];
  }

  return {
    async provideCodeActions(document, range, { only }) {
      const actions = !only || only.contains(vscode.CodeActionKind.QuickFix) ? await quickFixes(document, range) : [];
      // On save the text has just changed; the worker looks at it as it is then.
      if (only !== undefined && fixAllKind.intersects(only)) actions.push(...(await fixAll(document)));
      return actions;
    },
    async resolveCodeAction(action) {
      const how = postponed.get(action);
      if (!how) return action;
      const { version, edits } = await documents.client.fixDocument(how.document.uri.toString(), how.what);
      if (version === how.document.version) action.edit = toWorkspaceEdit(how.document.uri, edits);
      return action;
    },
  };
}

function toAction(document: vscode.TextDocument, fix: Fix, postpone: (action: vscode.CodeAction, how: Postponed) => vscode.CodeAction): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  if (fix.rewrites === "jsonl") return postpone(action, { document, what: "jsonl" });
  if (fix.rewrites === undefined) action.edit = toWorkspaceEdit(document.uri, selectEdits([fix]), fix.safe ? undefined : fix.title);
  else {
    action.title = `${fix.title}, and save`;
    action.command = { title: fix.title, command: "tunesmith.dataset.encode", arguments: [document.uri] };
  }
  return action;
}

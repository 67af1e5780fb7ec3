import * as vscode from "vscode";
import { getLocation } from "jsonc-parser";
import type { Suggestion } from "../../dataset/jsonc-completion.ts";
import { selectorOf, type JsoncLanguage } from "./language.ts";
import { problemsIn, showProblems } from "./show-problems.ts";

const kinds: Readonly<Record<Suggestion["kind"], vscode.CompletionItemKind>> = {
  service: vscode.CompletionItemKind.Module, model: vscode.CompletionItemKind.Class, file: vscode.CompletionItemKind.File,
  cluster: vscode.CompletionItemKind.Module, name: vscode.CompletionItemKind.Property, value: vscode.CompletionItemKind.EnumMember,
};
const mostFiles = 500;

/** Problems, completion, hovers and repairs of a kind of files, beside what their schema gives. */
export function registerLanguage(language: JsoncLanguage): vscode.Disposable {
  const selector = selectorOf(language.ending);
  return vscode.Disposable.from(
    showProblems(language),
    vscode.languages.registerCompletionItemProvider(selector, { provideCompletionItems: (document, position) => complete(document, position, language) }, '"', "/"),
    vscode.languages.registerHoverProvider(selector, { provideHover: (document, position) => hover(document, position, language) }),
    vscode.languages.registerCodeActionsProvider(selector, { provideCodeActions: (document, range) => repairs(document, range, language) }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
  );
}

async function complete(document: vscode.TextDocument, position: vscode.Position, language: JsoncLanguage): Promise<vscode.CompletionItem[]> {
  const files = await vscode.workspace.findFiles("**/*.{jsonl,jsonlines,ndjson}", "**/{node_modules,.tunesmith}/**", mostFiles);
  const { stretch, suggestions } = await language.complete(document, document.offsetAt(position), files.map((file) => relativeTo(document.uri, file)).sort());
  const range = new vscode.Range(document.positionAt(stretch.offset), document.positionAt(stretch.offset + stretch.length));
  return suggestions.map(({ kind, label, insert, detail, documentation }, index) => {
    const item = new vscode.CompletionItem(label, kinds[kind]);
    item.insertText = insert;
    item.range = range;
    // What is filtered by is what is replaced, quotes and all.
    item.filterText = insert;
    item.sortText = String(index).padStart(4, "0");
    if (detail !== undefined) item.detail = detail;
    if (documentation !== undefined) item.documentation = new vscode.MarkdownString(documentation);
    return item;
  });
}

async function hover(document: vscode.TextDocument, position: vscode.Position, language: JsoncLanguage): Promise<vscode.Hover | undefined> {
  const { path, previousNode } = getLocation(document.getText(), document.offsetAt(position));
  if (!previousNode) return undefined;
  const words = await language.explain(document, path);
  return words === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(words), new vscode.Range(document.positionAt(previousNode.offset), document.positionAt(previousNode.offset + previousNode.length)));
}

/** What may stand in the place of what is wrong. */
async function repairs(document: vscode.TextDocument, range: vscode.Range, language: JsoncLanguage): Promise<vscode.CodeAction[]> {
  const near = (await problemsIn(document, language)).filter((each) => each.range.intersection(range) !== undefined);
  return near.flatMap(({ range: place, problem: { instead = [] } }) => instead.map((text, index) => {
    const action = new vscode.CodeAction(`Change to ${JSON.stringify(text)}`, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, place, JSON.stringify(text));
    action.isPreferred = index === 0;
    return action;
  }));
}

/** A file's path from the folder of another, with forward slashes, which every system reads. */
function relativeTo(from: vscode.Uri, file: vscode.Uri): string {
  const folder = from.path.split("/").slice(0, -1);
  const to = file.path.split("/");
  let same = 0;
  while (same < folder.length && folder[same] === to[same]) same++;
  return [...folder.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

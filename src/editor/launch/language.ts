import * as vscode from "vscode";
import { getLocation } from "jsonc-parser";
import { completeLaunchFile, type Suggestion } from "../../jobs/launch-file/complete.ts";
import { explain } from "../../jobs/launch-file/explain.ts";
import { parseLaunchFile } from "../../jobs/launch-file/parse.ts";
import { launchFileSchema } from "../../jobs/launch-file/schema.ts";
import { readClusterSetting } from "../settings.ts";
import type { KnownModels } from "./known-models.ts";
import { problemsIn } from "./launch-documents.ts";
import { launchSelector } from "./launch-selector.ts";

const kinds: Readonly<Record<Suggestion["kind"], vscode.CompletionItemKind>> = {
  service: vscode.CompletionItemKind.Module, model: vscode.CompletionItemKind.Class, file: vscode.CompletionItemKind.File,
  cluster: vscode.CompletionItemKind.Module, name: vscode.CompletionItemKind.Property, value: vscode.CompletionItemKind.EnumMember,
};
const mostFiles = 500;

/** Completion, hovers and repairs of launch files, beside what their schema gives. */
export function registerLaunchLanguage(known: KnownModels): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(launchSelector, { provideCompletionItems: (document, position) => complete(document, position, known) }, '"', "/"),
    vscode.languages.registerHoverProvider(launchSelector, { provideHover: (document, position) => hover(document, position, known) }),
    vscode.languages.registerCodeActionsProvider(launchSelector, { provideCodeActions: (document, range) => repairs(document, range, known) }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
  );
}

async function complete(document: vscode.TextDocument, position: vscode.Position, known: KnownModels): Promise<vscode.CompletionItem[]> {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const service = serviceOf(text);
  if (service !== undefined && getLocation(text, offset).path[0] === "model") await known.ask(service);
  const files = await vscode.workspace.findFiles("**/*.{jsonl,jsonlines,ndjson}", "**/{node_modules,.tunesmith}/**", mostFiles);
  const { stretch, suggestions } = completeLaunchFile(text, offset, { services: await known.services(), clusters: readClusterSetting().map(({ name }) => name), files: files.map((file) => relativeTo(document.uri, file)).sort() });
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

async function hover(document: vscode.TextDocument, position: vscode.Position, known: KnownModels): Promise<vscode.Hover | undefined> {
  const text = document.getText();
  const { path, previousNode } = getLocation(text, document.offsetAt(position));
  const id = serviceOf(text);
  const service = (await known.services()).find((each) => each.id === id);
  if (!service || !previousNode) return undefined;
  // What is wrong elsewhere in the file says nothing of this place.
  const model = launchFileSchema.shape.model.safeParse(memberOf(text, "model")).data;
  const method = launchFileSchema.shape.method.safeParse(memberOf(text, "method")).data;
  const words = explain(path, { ...(model === undefined ? {} : { model }), ...(method === undefined ? {} : { method }) }, service);
  return words === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(words), new vscode.Range(document.positionAt(previousNode.offset), document.positionAt(previousNode.offset + previousNode.length)));
}

/** What may stand in the place of what is wrong. */
async function repairs(document: vscode.TextDocument, range: vscode.Range, known: KnownModels): Promise<vscode.CodeAction[]> {
  const near = (await problemsIn(document, known)).filter((each) => each.range.intersection(range) !== undefined);
  return near.flatMap(({ range: place, problem: { instead = [] } }) => instead.map((text, index) => {
    const action = new vscode.CodeAction(`Change to ${JSON.stringify(text)}`, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, place, JSON.stringify(text));
    action.isPreferred = index === 0;
    return action;
  }));
}

function serviceOf(text: string): string | undefined {
  const value = memberOf(text, "service");
  return typeof value === "string" ? value : undefined;
}

function memberOf(text: string, name: string): unknown {
  return parseLaunchFile(text).tree?.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1]?.value;
}

/** A file's path from the folder of the launch file, with forward slashes, which every system reads. */
function relativeTo(launchFile: vscode.Uri, file: vscode.Uri): string {
  const from = launchFile.path.split("/").slice(0, -1);
  const to = file.path.split("/");
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

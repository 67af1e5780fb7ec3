import * as vscode from "vscode";
import { statusTitles, type PlacedEntry } from "../../dataset/review/status.ts";
import type { ReviewedRecord } from "../../workers/review/place-reviews.ts";
import { isDatasetFile } from "../linting/dataset-files.ts";
import type { Reviews } from "./reviews.ts";

/** A comment of a thread, which knows its entry. */
export interface ReviewComment extends vscode.Comment {
  readonly dataset: vscode.Uri;
  readonly entry: PlacedEntry;
}

export const controllerId = "tunesmith.review";
/** More threads than these make VS Code slow; of a file with more the first ones are shown. */
const mostThreads = 2000;

/** Shows what was said of records as VS Code's comments, in the documents that are in sight. */
export function showThreads(reviews: Reviews, reviewer: () => Promise<string>): vscode.Disposable {
  const controller = vscode.comments.createCommentController(controllerId, "Tunesmith Review");
  controller.options = { prompt: "Approve, reject or discuss this record", placeHolder: "What is right or wrong about it" };
  controller.commentingRangeProvider = {
    provideCommentingRanges: (document) => (document.uri.scheme === "file" && isDatasetFile(document.uri) ? [new vscode.Range(0, 0, Math.max(0, document.lineCount - 1), 0)] : []),
  };
  const shown = new Map<string, Map<string, vscode.CommentThread>>();
  let self = "";

  function draw(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const own = shown.get(key) ?? new Map<string, vscode.CommentThread>();
    shown.set(key, own);
    const left = new Set(own.keys());
    for (const record of (reviews.of(document.uri)?.reviewed ?? []).slice(0, mostThreads)) {
      const id = record.entries[0]?.id ?? "";
      left.delete(id);
      const range = new vscode.Range(record.line, 0, record.line, 0);
      const thread = own.get(id) ?? controller.createCommentThread(document.uri, range, []);
      if (!own.has(id)) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
      own.set(id, thread);
      describe(thread, record, document.uri, range);
    }
    for (const id of left) {
      own.get(id)?.dispose();
      own.delete(id);
    }
  }

  function describe(thread: vscode.CommentThread, { status, entries }: ReviewedRecord, dataset: vscode.Uri, range: vscode.Range): void {
    thread.range = range;
    thread.label = statusTitles[status];
    thread.contextValue = status;
    thread.state = status === "approved" ? vscode.CommentThreadState.Resolved : vscode.CommentThreadState.Unresolved;
    thread.comments = entries.map((entry): ReviewComment => ({
      dataset, entry, mode: vscode.CommentMode.Preview, author: { name: entry.by }, timestamp: new Date(entry.at), ...(entry.by === self ? { contextValue: "own" } : {}),
      // What somebody wrote is text, whatever signs it has.
      body: new vscode.MarkdownString().appendText([entry.verdict ? `${entry.verdict === "approved" ? "Approved" : "Rejected"}.` : "", entry.text ?? ""].filter((part) => part !== "").join(" ")),
      ...(entry.isCurrent ? {} : { label: "on an earlier version" }),
    }));
  }

  const inSight = (): vscode.TextDocument[] => vscode.window.visibleTextEditors.map(({ document }) => document).filter(({ uri }) => isDatasetFile(uri));
  const drawAll = (): void => inSight().forEach(draw);
  void reviewer().then((name) => {
    self = name;
    drawAll();
  });
  return vscode.Disposable.from(
    controller,
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    reviews.onDidChange((dataset) => inSight().filter(({ uri }) => uri.toString() === dataset.toString()).forEach(draw)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      for (const thread of shown.get(document.uri.toString())?.values() ?? []) thread.range = shifted(thread.range, contentChanges);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      for (const thread of shown.get(uri.toString())?.values() ?? []) thread.dispose();
      shown.delete(uri.toString());
    }),
  );
}

/** Where a line is after changes above it; what the changed text itself comes to is found when it is saved. */
function shifted(range: vscode.Range | undefined, changes: readonly vscode.TextDocumentContentChangeEvent[]): vscode.Range | undefined {
  if (!range) return undefined;
  let { line } = range.start;
  for (const { range: changed, text } of changes) {
    const isAbove = changed.start.line < line && (changed.end.line < line || changed.end.character === 0 || changed.end.line === line);
    const isBefore = changed.start.line === line && changed.start.character === 0 && text.endsWith("\n");
    if (isAbove || isBefore) line += text.split("\n").length - 1 - (changed.end.line - changed.start.line);
  }
  return line === range.start.line ? range : new vscode.Range(Math.max(0, line), 0, Math.max(0, line), 0);
}

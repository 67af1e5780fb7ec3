import * as vscode from "vscode";

/** What kind of file it is, by its name: lines of JSON, the same packed, or a table that can be converted. */
export type DatasetKind = "dataset" | "packed" | "table";

const files = "**/*.{jsonl,jsonlines,ndjson,jsonl.gz,csv,tsv,parquet}";
const foreign = "**/{node_modules,.tunesmith,.git,.venv,site-packages}/**";
/** More are not looked for. */
export const mostDatasets = 5000;
/** What comes at once, of a checkout say, is looked for once. */
const quiet = 500;

export function kindOf({ path }: vscode.Uri): DatasetKind | undefined {
  if (/\.(jsonl|jsonlines|ndjson)$/i.test(path)) return "dataset";
  if (/\.jsonl\.gz$/i.test(path)) return "packed";
  return /\.(csv|tsv|parquet)$/i.test(path) ? "table" : undefined;
}

/** The files of the workspace that may be learned from, by their place; at most so many, and whether there are more. */
export interface FoundDatasets {
  readonly files: readonly vscode.Uri[];
  readonly more: boolean;
}

/** Looks for them, and looks again when files come or go. */
export interface DatasetFinder extends vscode.Disposable {
  find(): Promise<FoundDatasets>;
  /** Files have come or gone. */
  readonly onDidChange: vscode.Event<void>;
  /** One was written. */
  readonly onDidWrite: vscode.Event<vscode.Uri>;
}

export function createDatasetFinder(): DatasetFinder {
  const changed = new vscode.EventEmitter<void>();
  const watcher = vscode.workspace.createFileSystemWatcher(files);
  let found: Promise<FoundDatasets> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const forget = (): void => {
    found = undefined;
    clearTimeout(timer);
    timer = setTimeout(() => changed.fire(), quiet);
  };
  const ours = (file: vscode.Uri): boolean => !/\/(node_modules|\.tunesmith|\.git|\.venv|site-packages)\//.test(file.path);
  const hear = (file: vscode.Uri): void => {
    if (ours(file)) forget();
  };
  async function look(): Promise<FoundDatasets> {
    const listed = await vscode.workspace.findFiles(files, foreign, mostDatasets + 1);
    const sorted = listed.slice(0, mostDatasets).sort((one, other) => (one.path < other.path ? -1 : 1));
    return { files: sorted, more: listed.length > mostDatasets };
  }
  const parts = vscode.Disposable.from(changed, watcher, watcher.onDidCreate(hear), watcher.onDidDelete(hear), vscode.workspace.onDidChangeWorkspaceFolders(forget));
  return {
    find: () => (found ??= look()),
    onDidChange: changed.event,
    onDidWrite: watcher.onDidChange,
    dispose() {
      clearTimeout(timer);
      parts.dispose();
    },
  };
}

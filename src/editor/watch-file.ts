import * as vscode from "vscode";

/** Calls `changed` whenever something happened to a file on disk: it was written, replaced, made or removed. */
export function watchFile(file: vscode.Uri, changed: () => void): vscode.Disposable {
  // The folder is watched, because a file's name may hold what a pattern gives a meaning to, such as brackets.
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(file, ".."), "*"));
  const hear = (uri: vscode.Uri): void => {
    if (uri.toString() === file.toString()) changed();
  };
  return vscode.Disposable.from(watcher, watcher.onDidChange(hear), watcher.onDidCreate(hear), watcher.onDidDelete(hear));
}

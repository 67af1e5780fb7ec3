import * as vscode from "vscode";

/** The saved reports of the workspace. */
export interface KeptReports {
  /** Their addresses, the latest first. */
  list(): Promise<readonly vscode.Uri[]>;
  /** Fires some time after reports, or the answers of unfinished evaluations, came, changed or went. */
  readonly onDidChange: vscode.Event<void>;
  /** Says that this window has saved one: a file system does not tell everything that happens in a folder that was just made. */
  saved(): void;
  readonly disposable: vscode.Disposable;
}

const files = "**/.tunesmith/evaluations/{*,plans/*}.json";
const mostReports = 1000;

/** Answers are written one after the other, so that changes are told together, after so many milliseconds. */
const patience = 1000;

export function createKeptReports(): KeptReports {
  const changed = new vscode.EventEmitter<void>();
  // Of a folder that comes with files in it, VS Code tells the folder alone.
  const watcher = vscode.workspace.createFileSystemWatcher("**/{.tunesmith,.tunesmith/evaluations,.tunesmith/evaluations/*,.tunesmith/evaluations/plans/*}");
  let timer: NodeJS.Timeout | undefined;
  const hear = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => changed.fire(), patience);
  };
  return {
    async list() {
      const found = (await vscode.workspace.findFiles(files, "**/node_modules/**", mostReports)).filter(({ scheme }) => scheme === "file");
      // A report's name begins with the moment at which it was made.
      return found.sort((one, other) => nameOf(other).localeCompare(nameOf(one)));
    },
    onDidChange: changed.event,
    saved: () => changed.fire(),
    disposable: vscode.Disposable.from(changed, watcher, watcher.onDidCreate(hear), watcher.onDidChange(hear), watcher.onDidDelete(hear), new vscode.Disposable(() => clearTimeout(timer))),
  };
}

/** The last part of a path. */
export function nameOf({ path }: vscode.Uri): string {
  return path.split("/").at(-1) ?? path;
}

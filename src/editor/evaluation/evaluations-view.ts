import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import { size } from "../../jobs/confirm-action.ts";
import type { PresentError } from "../present-error.ts";
import type { Heading } from "../../evaluating/answer-file.ts";
import { describeSavedReport, type ReportRow } from "./describe-report.ts";
import { fromReportPath } from "../../evaluating/evaluation-folder.ts";

/** An evaluation that was begun and not completed; it holds what goes on with it. */
interface Unfinished extends Omit<Heading, "testFile"> {
  readonly root: string;
  readonly testFile: vscode.Uri;
  readonly answered: number;
}

interface Fact {
  readonly of: string;
  readonly name: string;
  readonly value: string;
}

/** More reports than are shown. */
interface More {
  readonly hidden: number;
}

/** A report's node is its address: that is what commands take. */
type Node = vscode.Uri | Unfinished | Fact | More;

/** A report as it is shown; `row` is missing of one that is too large to be read for a row, `failure` says why it cannot be read. */
interface Known {
  readonly stamp: string;
  readonly bytes: number;
  readonly row?: ReportRow;
  readonly failure?: string;
}

const files = "**/.tunesmith/evaluations/{*,plans/*}.json";
const mostReports = 1000;
const page = 50;
/** A report with all its answers may be large; then it is read only when it is opened. */
const mostBytes = 8_000_000;
const icons = { better: new vscode.ThemeIcon("arrow-up", new vscode.ThemeColor("testing.iconPassed")), worse: new vscode.ThemeIcon("arrow-down", new vscode.ThemeColor("testing.iconFailed")), "cannot-tell": new vscode.ThemeIcon("question") } as const;

/** The view of evaluations that are kept in the workspace, the latest first, with what they say. Only those are read that are shown. */
export function showEvaluations({ presentError }: { readonly presentError: PresentError }): { readonly disposable: vscode.Disposable; showMore(): void } {
  const changed = new vscode.EventEmitter<undefined>();
  const known = new Map<string, Known>();
  let limit = page;

  async function read(file: vscode.Uri): Promise<Known | undefined> {
    const stats = await stat(file.fsPath).catch(() => undefined);
    if (!stats) return undefined;
    const stamp = `${stats.size} ${stats.mtimeMs}`;
    const before = known.get(file.toString());
    if (before?.stamp === stamp) return before;
    const kept = { stamp, bytes: stats.size };
    const { openSavedReport } = await import("../../evaluating/report-file.ts");
    const now: Known = stats.size > mostBytes ? kept : await openSavedReport(file.fsPath).then((report) => ({ ...kept, row: describeSavedReport(report) }), (error: unknown) => ({ ...kept, failure: error instanceof Error ? error.message : String(error) }));
    known.set(file.toString(), now);
    return now;
  }

  async function roots(): Promise<Node[]> {
    const { listUnfinished } = await import("../../evaluating/answer-file.ts");
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
    const unfinished = (await Promise.all(folders.map(async (root) => (await listUnfinished(root)).map((each): Unfinished => ({ ...each, root, testFile: vscode.Uri.file(fromReportPath(root, each.testFile)) }))))).flat();
    const found = (await vscode.workspace.findFiles(files, "**/node_modules/**", mostReports)).filter(({ scheme }) => scheme === "file");
    // A report's name begins with the moment at which it was made.
    const sorted = found.sort((one, other) => nameOf(other).localeCompare(nameOf(one)));
    const shown = sorted.slice(0, limit);
    // One after the other: each may be large.
    for (const file of shown) await read(file);
    const hidden = sorted.length - shown.length;
    return [...unfinished, ...shown, ...(hidden > 0 ? [{ hidden }] : [])];
  }

  const view = vscode.window.createTreeView<Node>("tunesmith.evaluations", {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: (node) => (node instanceof vscode.Uri ? reportItem(node, known.get(node.toString())) : "hidden" in node ? moreItem(node) : "answered" in node ? unfinishedItem(node) : factItem(node)),
      async getChildren(node) {
        try {
          if (!node) return await roots();
        } catch (error) {
          presentError(error);
          return [];
        }
        if (!(node instanceof vscode.Uri)) return [];
        return (known.get(node.toString())?.row?.facts ?? []).map(({ name, value }): Fact => ({ of: node.toString(), name, value }));
      },
    },
  });
  // Of a folder that comes with files in it, VS Code tells the folder alone.
  const watcher = vscode.workspace.createFileSystemWatcher("**/{.tunesmith,.tunesmith/evaluations,.tunesmith/evaluations/*,.tunesmith/evaluations/plans/*}");
  let timer: NodeJS.Timeout | undefined;
  const hear = (): void => {
    clearTimeout(timer);
    // Answers are written one after the other.
    timer = setTimeout(() => view.visible && changed.fire(undefined), 1000);
  };
  return {
    showMore() {
      limit += page;
      changed.fire(undefined);
    },
    disposable: vscode.Disposable.from(
      view, changed, watcher, watcher.onDidCreate(hear), watcher.onDidChange(hear), watcher.onDidDelete(hear),
      view.onDidChangeVisibility(({ visible }) => visible && changed.fire(undefined)), new vscode.Disposable(() => clearTimeout(timer)),
    ),
  };
}

function reportItem(file: vscode.Uri, known: Known | undefined): vscode.TreeItem {
  const { row, failure, bytes } = known ?? {};
  const description = row?.description ?? (failure === undefined ? (bytes === undefined ? "" : size(bytes)) : "cannot be read");
  const label = row?.label ?? nameOf(file);
  return item(label, {
    id: file.toString(), description, iconPath: row ? icons[row.outcome] : new vscode.ThemeIcon(failure === undefined ? "beaker" : "warning"), contextValue: "report",
    collapsibleState: row ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    command: failure === undefined ? { title: "Open Evaluation Report", command: "tunesmith.evaluation.open", arguments: [file] } : { title: "Open", command: "vscode.open", arguments: [file] },
    tooltip: [row?.headline ?? failure ?? label, file.fsPath].join("\n"),
  }, `Evaluation of ${label}, ${description}`);
}

function unfinishedItem(node: Unfinished): vscode.TreeItem {
  const { root, testFile, tuned, answered, startedAt } = node;
  const description = `not finished, ${answered.toLocaleString("en")} answers so far`;
  return item(tuned, {
    id: `${root}#${startedAt}#${tuned}`, description, iconPath: new vscode.ThemeIcon("debug-continue"), contextValue: "unfinished", tooltip: `Begun ${new Date(startedAt).toLocaleString()} on ${vscode.workspace.asRelativePath(testFile)}. Click to go on.`,
    command: { title: "Go On", command: "tunesmith.model.evaluate", arguments: [node] },
  }, `Evaluation of ${tuned}, ${description}`);
}

function moreItem({ hidden }: More): vscode.TreeItem {
  return item("Load More", { description: `${hidden.toLocaleString("en")} more`, iconPath: new vscode.ThemeIcon("ellipsis"), command: { title: "Load More", command: "tunesmith.evaluation.loadMore" } }, `Load More, ${hidden} more reports`);
}

function factItem({ of, name, value }: Fact): vscode.TreeItem {
  return item(name, { id: `${of}#${name}`, description: value, tooltip: `${name}: ${value}` }, `${name} ${value}`);
}

function item(label: string, part: Partial<vscode.TreeItem>, spoken: string): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(label), { accessibilityInformation: { label: spoken } }, part);
}

function nameOf({ path }: vscode.Uri): string {
  return path.split("/").at(-1) ?? path;
}

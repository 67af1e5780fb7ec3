import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import { size } from "../../jobs/confirm-action.ts";
import { contextOf } from "../jobs/tree-menu.ts";
import { largestDocument, nameOf } from "../linting/dataset-files.ts";
import type { LintedDocuments } from "../linting/documents.ts";
import { stampOf } from "../linting/file-stamp.ts";
import type { PresentError } from "../present-error.ts";
import { describeDataset, findings, plural } from "./describe-dataset.ts";
import type { Reviews } from "../review/reviews.ts";
import { describeReviews } from "./describe-reviews.ts";
import { createDatasetFinder, kindOf, mostDatasets } from "./find-datasets.ts";
import { createSummaries, type SummaryState } from "./summaries.ts";

/** What is known of a dataset, below it. */
interface Fact {
  readonly of: vscode.Uri;
  readonly name: string;
  readonly value: string;
  readonly icon: string;
  readonly command?: vscode.Command;
}

/** More files than are shown. */
interface More {
  readonly hidden: number;
}

/** A dataset's node is its address: that is what commands take. */
type Node = vscode.Uri | Fact | More;

/** So many files are shown at a time. */
const page = 100;
/** Larger files are looked at when somebody opens them, not because they are in sight. */
const mostUnasked = 64 * 1024 * 1024;

export interface DatasetViewDependencies {
  readonly documents: LintedDocuments;
  readonly reviews: Pick<Reviews, "of" | "onDidChange">;
  readonly presentError: PresentError;
}

/** The view of the workspace's datasets. A worker looks at those that are in sight, small ones first come, and at others when they are opened; none while the view is hidden. */
export function showDatasets({ documents, reviews, presentError }: DatasetViewDependencies): { readonly disposable: vscode.Disposable; showMore(): void } {
  const changed = new vscode.EventEmitter<Node | undefined>();
  const finder = createDatasetFinder();
  const nodes = new Map<string, vscode.Uri>();
  const sizes = new Map<string, number>();
  let limit = page;
  const summaries = createSummaries({
    check: (path, aim, signal) => documents.client.checkFile(path, aim, signal, () => undefined),
    aimOf: (path) => documents.aimOf(vscode.Uri.file(path)),
    stampOf: (path) => stampOf(vscode.Uri.file(path)),
    changed: (path) => draw(vscode.Uri.file(path)),
  });
  const draw = (file: vscode.Uri): void => {
    const node = nodes.get(file.toString());
    if (node) changed.fire(node);
  };

  /** What is found in an open document is newer than what the disk holds. */
  function stateOf(file: vscode.Uri): SummaryState | undefined {
    const analysis = documents.latest(file);
    if (analysis) return { phase: "done", summary: analysis.check };
    return file.scheme === "file" ? summaries.of(file.fsPath) : undefined;
  }

  async function roots(): Promise<Node[]> {
    const { files, more } = await finder.find();
    const shown = files.slice(0, limit);
    await Promise.all(shown.map(async (file) => {
      nodes.set(file.toString(), file);
      if (file.scheme !== "file") return;
      const bytes = await stat(file.fsPath).then((stats) => stats.size, () => undefined);
      if (bytes === undefined) return;
      sizes.set(file.toString(), bytes);
      if (view.visible && kindOf(file) !== "table" && bytes <= mostUnasked && !documents.latest(file)) summaries.want(file.fsPath);
    }));
    const hidden = files.length - shown.length;
    if (hidden > 0) return [...shown, { hidden }];
    return more ? [...shown, { of: vscode.Uri.parse("untitled:more"), name: `There are more than ${mostDatasets.toLocaleString("en")} files`, value: "", icon: "info" }] : shown;
  }

  function factsOf(file: vscode.Uri): Fact[] {
    const fact = (name: string, value: string, icon: string, command?: string): Fact => ({ of: file, name, value, icon, ...(command === undefined ? {} : { command: { title: name, command, arguments: [file] } }) });
    const bytes = sizes.get(file.toString());
    const state = stateOf(file);
    const { target, by } = documents.targetOf(file);
    const own = kindOf(file) === "dataset";
    const said = own ? describeReviews(reviews.of(file)) : undefined;
    return [
      ...(state?.phase === "done" ? [
        fact("Format", state.summary.formatTitle ?? "unknown", "symbol-structure"),
        fact("Records", state.summary.records.toLocaleString("en"), "list-flat", own ? "tunesmith.dataset.browse" : undefined),
        fact("Findings", findings(state.summary.counts), iconOf(state), "tunesmith.dataset.check"),
        ...(state.summary.fixable > 0 && own ? [fact("Safe fixes", plural(state.summary.fixable, "problem"), "wand", "tunesmith.dataset.fixToNewFile")] : []),
      ] : state?.phase === "failed" ? [fact("Not checked", state.reason, "warning", "tunesmith.dataset.check")] : [fact("Checking…", "", "loading~spin")]),
      fact("Target", `${target.title}${by === "default" ? ", by default" : ""}`, "target", "tunesmith.target.choose"),
      ...(said === undefined ? [] : [fact("Review", said, "comment-discussion", "tunesmith.review.show")]),
      ...(bytes === undefined ? [] : [fact("Size", size(bytes), "file-binary")]),
    ];
  }

  function toItem(node: Node): vscode.TreeItem {
    if (node instanceof vscode.Uri) return datasetItem(node, stateOf(node), sizes.get(node.toString()));
    if ("hidden" in node) return item("Load More", { description: `${node.hidden.toLocaleString("en")} more`, iconPath: new vscode.ThemeIcon("ellipsis"), command: { title: "Load More", command: "tunesmith.dataset.loadMore" } }, `Load More, ${node.hidden} more files`);
    return item(node.name, { id: `${node.of.toString()}#${node.name}`, description: node.value, iconPath: new vscode.ThemeIcon(node.icon), ...(node.command ? { command: node.command } : {}) }, `${node.name} ${node.value}`);
  }

  const view = vscode.window.createTreeView<Node>("tunesmith.datasets", {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: toItem,
      async getChildren(node) {
        try {
          if (!node) return await roots();
        } catch (error) {
          presentError(error);
          return [];
        }
        if (!(node instanceof vscode.Uri)) return [];
        if (node.scheme === "file" && !documents.latest(node)) summaries.want(node.fsPath, true);
        return factsOf(node);
      },
    },
  });

  return {
    showMore() {
      limit += page;
      changed.fire(undefined);
    },
    disposable: vscode.Disposable.from(
      view, changed, finder, new vscode.Disposable(() => summaries.rest()),
      finder.onDidChange(() => changed.fire(undefined)),
      finder.onDidWrite((file) => {
        if (file.scheme === "file" && view.visible) summaries.touched(file.fsPath);
      }),
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) changed.fire(undefined);
        else summaries.rest();
      }),
      documents.onDidLint(draw),
      reviews.onDidChange(draw),
      documents.onDidClose((file) => {
        draw(file);
        if (view.visible && file.scheme === "file" && nodes.has(file.toString())) summaries.want(file.fsPath);
      }),
      documents.onDidChangeConfiguration(() => {
        summaries.forget();
        changed.fire(undefined);
      }),
    ),
  };
}

function datasetItem(file: vscode.Uri, state: SummaryState | undefined, bytes: number | undefined): vscode.TreeItem {
  const kind = kindOf(file) ?? "dataset";
  const place = vscode.workspace.asRelativePath(vscode.Uri.joinPath(file, ".."));
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.joinPath(file, ".."))?.uri.toString() === vscode.Uri.joinPath(file, "..").toString() ? "" : place;
  const description = kind === "table" ? [bytes === undefined ? "" : size(bytes), "can be converted", folder].filter((part) => part !== "").join(" · ") : describeDataset(folder, bytes, state);
  const open = (bytes ?? 0) > largestDocument ? "tunesmith.dataset.browse" : "vscode.open";
  const command = kind === "table" ? { title: "Convert Dataset", command: "tunesmith.dataset.convert", arguments: [file] } : kind === "packed" ? undefined : { title: "Open", command: open, arguments: [file] };
  return item(nameOf(file), {
    id: file.toString(), description, iconPath: kind === "table" ? new vscode.ThemeIcon("table") : new vscode.ThemeIcon(iconOf(state), colourOf(state)), contextValue: contextOf(kind, state?.phase === "done" && state.summary.fixable > 0 ? ["fixable"] : []),
    collapsibleState: kind === "table" ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
    tooltip: [file.scheme === "file" ? file.fsPath : file.toString(), description].join("\n"), ...(command ? { command } : {}),
  }, `${kind === "table" ? "Table" : "Dataset"} ${nameOf(file)}, ${description}`);
}

function iconOf(state: SummaryState | undefined): string {
  if (state?.phase === "running") return "loading~spin";
  if (state?.phase === "failed") return "warning";
  if (state?.phase !== "done") return "file";
  const { error, warning } = state.summary.counts;
  return error > 0 ? "error" : warning > 0 ? "warning" : "pass";
}

function colourOf(state: SummaryState | undefined): vscode.ThemeColor | undefined {
  const names: Readonly<Record<string, string>> = { error: "list.errorForeground", warning: "list.warningForeground", pass: "testing.iconPassed" };
  const name = names[iconOf(state)];
  return name === undefined ? undefined : new vscode.ThemeColor(name);
}

function item(label: string, part: Partial<vscode.TreeItem>, spoken: string): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(label), { tooltip: part.description ? `${label}: ${String(part.description)}` : label, accessibilityInformation: { label: spoken } }, part);
}

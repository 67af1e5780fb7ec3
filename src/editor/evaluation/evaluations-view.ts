import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { fromReportPath } from "../../evaluating/evaluation-folder.ts";
import type { PresentError } from "../present-error.ts";
import { factItem, historyItem, moreItem, reportItem, unfinishedItem, unfinishedPlanItem, type Fact, type History, type Node, type Unfinished, type UnfinishedPlan } from "./evaluation-items.ts";
import type { KeptReports } from "./kept-reports.ts";
import type { KnownReports } from "./known-reports.ts";
import { rootOf } from "./root-of.ts";

const page = 50;

/** The view of evaluations that are kept in the workspace, the latest first, with what they say; runs of one plan, or of the same models, are one history. Only those are read whole that are shown. */
export function showEvaluations({ reports, known, presentError }: { readonly reports: KeptReports; readonly known: KnownReports; readonly presentError: PresentError }): { readonly disposable: vscode.Disposable; showMore(): void } {
  const changed = new vscode.EventEmitter<undefined>();
  /** Reports that stand in a history. */
  let ofHistory = new Set<string>();
  let limit = page;

  /** Reports and histories, the latest first. */
  async function histories(): Promise<(vscode.Uri | History)[]> {
    const { seriesOf } = await import("../../evaluation/history.ts");
    const series = new Map<string, vscode.Uri[]>();
    for (const file of await reports.list()) {
      const head = await known.head(file);
      // Two folders of a workspace may each have a plan by the same name.
      const key = head ? `${vscode.workspace.getWorkspaceFolder(file)?.uri.toString() ?? ""} ${seriesOf(head)}` : file.toString();
      series.set(key, [...(series.get(key) ?? []), file]);
    }
    const grouped = [...series].map(([key, runs]) => (runs.length === 1 && runs[0] ? runs[0] : { series: key, runs }));
    ofHistory = new Set(grouped.flatMap((each) => ("runs" in each ? each.runs.map(String) : [])));
    return grouped;
  }

  /** The first of what there is, read so that it can be shown, and how much more there is. */
  async function first(nodes: readonly (vscode.Uri | History)[]): Promise<Node[]> {
    const shown = nodes.slice(0, limit);
    // One after the other: each may be large.
    for (const node of shown) {
      const file = "runs" in node ? node.runs[0] : node;
      if (file) await known.read(file);
    }
    const hidden = nodes.length - shown.length;
    return [...shown, ...(hidden > 0 ? [{ hidden }] : [])];
  }

  /** A plan that is there, and has no report of a later run: a plan that was changed meanwhile has another run. */
  async function stillUnfinished(plans: readonly UnfinishedPlan[]): Promise<UnfinishedPlan[]> {
    const reported = plans.length === 0 ? [] : await Promise.all((await reports.list()).map(async (file) => ({ file, head: await known.head(file) })));
    return plans.filter(({ plan, startedAt }) => existsSync(plan.fsPath) && !reported.some(({ file, head }) => head?.version === 2 && fromReportPath(rootOf(file), head.plan) === plan.fsPath && head.createdAt > startedAt));
  }

  async function roots(): Promise<Node[]> {
    const { listUnfinished, listUnfinishedPlans } = await import("../../evaluating/answer-file.ts");
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
    const unfinished = (await Promise.all(folders.map(async (root) => (await listUnfinished(root)).map((each): Unfinished => ({ ...each, root, testFile: vscode.Uri.file(fromReportPath(root, each.testFile)) }))))).flat();
    const plans = (await Promise.all(folders.map(async (root) => (await listUnfinishedPlans(root)).map(({ planFile, ...each }): UnfinishedPlan => ({ ...each, plan: vscode.Uri.file(fromReportPath(root, planFile)) }))))).flat();
    return [...unfinished, ...(await stillUnfinished(plans)), ...(await first(await histories()))];
  }

  const view = vscode.window.createTreeView<Node>("tunesmith.evaluations", {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem(node) {
        if (node instanceof vscode.Uri) return reportItem(node, known.row(node), ofHistory.has(node.toString()));
        if ("runs" in node) return historyItem(node, node.runs[0] && known.row(node.runs[0]));
        return "hidden" in node ? moreItem(node) : "plan" in node ? unfinishedPlanItem(node) : "answered" in node ? unfinishedItem(node) : factItem(node);
      },
      async getChildren(node) {
        try {
          if (!node) return await roots();
          if ("runs" in node) return await first(node.runs);
        } catch (error) {
          presentError(error);
          return [];
        }
        if (!(node instanceof vscode.Uri)) return [];
        return (known.row(node)?.row?.facts ?? []).map(({ name, value }): Fact => ({ of: node.toString(), name, value }));
      },
    },
  });
  return {
    showMore() {
      limit += page;
      changed.fire(undefined);
    },
    disposable: vscode.Disposable.from(view, changed, reports.onDidChange(() => view.visible && changed.fire(undefined)), view.onDidChangeVisibility(({ visible }) => visible && changed.fire(undefined))),
  };
}

import * as vscode from "vscode";
import { size } from "../../jobs/confirm-action.ts";
import type { Heading } from "../../evaluating/answer-file.ts";
import { nameOf } from "./kept-reports.ts";
import type { Known } from "./known-reports.ts";

/** An evaluation that was begun and not completed; it holds what goes on with it. */
export interface Unfinished extends Omit<Heading, "testFile"> {
  readonly root: string;
  readonly testFile: vscode.Uri;
  readonly answered: number;
}

/** A run of a plan that was begun and not completed; it holds what goes on with it. */
export interface UnfinishedPlan {
  readonly plan: vscode.Uri;
  readonly startedAt: string;
  readonly answered: number;
  readonly awaited: number;
}

/** Runs of one plan, or of the same two models, the latest first. */
export interface History {
  readonly series: string;
  readonly runs: readonly vscode.Uri[];
}

export interface Fact {
  readonly of: string;
  readonly name: string;
  readonly value: string;
}

/** More reports than are shown. */
export interface More {
  readonly hidden: number;
}

/** A report's node is its address: that is what commands take. */
export type Node = vscode.Uri | Unfinished | UnfinishedPlan | History | Fact | More;

const icons = { better: new vscode.ThemeIcon("arrow-up", new vscode.ThemeColor("testing.iconPassed")), worse: new vscode.ThemeIcon("arrow-down", new vscode.ThemeColor("testing.iconFailed")), "cannot-tell": new vscode.ThemeIcon("question") } as const;

/** A report; one of a history shows its day and its scores, because all are called the same. */
export function reportItem(file: vscode.Uri, known: Known | undefined, inHistory: boolean): vscode.TreeItem {
  const { row, failure, bytes } = known ?? {};
  const description = (inHistory ? row?.scores : row?.description) ?? (failure === undefined ? (bytes === undefined ? "" : size(bytes)) : "cannot be read");
  const label = (inHistory ? row?.made : row?.label) ?? nameOf(file);
  return item(label, {
    id: file.toString(), description, iconPath: row ? icons[row.outcome] : new vscode.ThemeIcon(failure === undefined ? "beaker" : "warning"), contextValue: "report",
    collapsibleState: row ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    command: failure === undefined ? { title: "Open Evaluation Report", command: "tunesmith.evaluation.open", arguments: [file] } : { title: "Open", command: "vscode.open", arguments: [file] },
    tooltip: [row?.headline ?? failure ?? label, file.fsPath].join("\n"),
  }, `Evaluation of ${row?.label ?? label}, ${inHistory ? `${label}, ` : ""}${description}`);
}

/** A history, which shows what its latest run does. */
export function historyItem({ series, runs }: History, latest: Known | undefined): vscode.TreeItem {
  const row = latest?.row;
  const label = row?.label ?? series;
  const description = `${runs.length.toLocaleString("en")} runs${row ? `, the last: ${row.description}` : ""}`;
  return item(label, {
    id: `history ${series}`, description, iconPath: row ? icons[row.outcome] : new vscode.ThemeIcon("history"), contextValue: "history", collapsibleState: vscode.TreeItemCollapsibleState.Collapsed,
    tooltip: [...(row ? [row.headline] : []), `Its ${runs.length.toLocaleString("en")} runs, the latest first`].join("\n"),
  }, `History of ${label}, ${description}`);
}

export function unfinishedItem(node: Unfinished): vscode.TreeItem {
  const { root, testFile, tuned, answered, startedAt } = node;
  const description = `not finished, ${answered.toLocaleString("en")} answers so far`;
  return item(tuned, {
    id: `${root}#${startedAt}#${tuned}`, description, iconPath: new vscode.ThemeIcon("debug-continue"), contextValue: "unfinished", tooltip: `Begun ${new Date(startedAt).toLocaleString()} on ${vscode.workspace.asRelativePath(testFile)}. Click to go on.`,
    command: { title: "Go On", command: "tunesmith.model.evaluate", arguments: [node] },
  }, `Evaluation of ${tuned}, ${description}`);
}

export function unfinishedPlanItem(node: UnfinishedPlan): vscode.TreeItem {
  const { plan, answered, awaited, startedAt } = node;
  const name = vscode.workspace.asRelativePath(plan);
  const description = `not finished, ${answered.toLocaleString("en")} answers so far${awaited === 0 ? "" : `, ${awaited.toLocaleString("en")} awaited from batches`}`;
  return item(name, {
    id: `${plan.toString()}#${startedAt}`, description, iconPath: new vscode.ThemeIcon("debug-continue"), contextValue: "planUnfinished", tooltip: `Begun ${new Date(startedAt).toLocaleString()}. Click to go on.`,
    command: { title: "Go On", command: "tunesmith.plan.run", arguments: [node] },
  }, `Evaluation plan ${name}, ${description}`);
}

export function moreItem({ hidden }: More): vscode.TreeItem {
  return item("Load More", { description: `${hidden.toLocaleString("en")} more`, iconPath: new vscode.ThemeIcon("ellipsis"), command: { title: "Load More", command: "tunesmith.evaluation.loadMore" } }, `Load More, ${hidden} more reports`);
}

export function factItem({ of, name, value }: Fact): vscode.TreeItem {
  return item(name, { id: `${of}#${name}`, description: value, tooltip: `${name}: ${value}` }, `${name} ${value}`);
}

function item(label: string, part: Partial<vscode.TreeItem>, spoken: string): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(label), { accessibilityInformation: { label: spoken } }, part);
}

import * as vscode from "vscode";
import { describeJob } from "../../jobs/describe-job.ts";
import type { Checkpoint, Job, JobEvent, JobStatus } from "../../jobs/job.ts";
import { allowedActions, type Capability } from "../../jobs/job-actions.ts";
import type { JobProgress } from "../../jobs/progress.ts";

/** What the tree shows. Commands get such a node as their argument and read `provider` and `job` from it. */
export type Node =
  | { readonly kind: "service"; readonly provider: string; readonly title: string; readonly icon: "device-desktop" | "cloud" | "warning"; readonly keyed: boolean }
  | { readonly kind: "message"; readonly provider: string; readonly text: string; readonly icon: string; readonly command?: vscode.Command }
  | { readonly kind: "job"; readonly provider: string; readonly job: string; readonly shown: Job; readonly progress?: JobProgress; readonly capabilities: readonly Capability[] }
  | { readonly kind: "model"; readonly provider: string; readonly job: string; readonly model: string }
  | { readonly kind: "checkpoints" | "events"; readonly provider: string; readonly job: string }
  | { readonly kind: "checkpoint"; readonly provider: string; readonly job: string; readonly checkpoint: Checkpoint }
  | { readonly kind: "event"; readonly provider: string; readonly job: string; readonly event: JobEvent };

const icons: Readonly<Record<JobStatus, vscode.ThemeIcon>> = {
  validating: new vscode.ThemeIcon("sync~spin"),
  queued: new vscode.ThemeIcon("clock"),
  running: new vscode.ThemeIcon("sync~spin"),
  paused: new vscode.ThemeIcon("debug-pause"),
  cancelling: new vscode.ThemeIcon("sync~spin"),
  succeeded: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  failed: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")),
  cancelled: new vscode.ThemeIcon("circle-slash"),
  unknown: new vscode.ThemeIcon("question"),
};
const levels = { info: "info", warn: "warning", error: "error" } as const;

/** A node as VS Code shows it; `now` is milliseconds since 1970. */
export function toTreeItem(node: Node, now: number): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case "service":
      return item(node.title, Expanded, { id: node.provider, iconPath: new vscode.ThemeIcon(node.icon), contextValue: node.keyed ? "service keyed" : "service" });
    case "message":
      return item(node.text, None, { id: `${node.provider}/message`, iconPath: new vscode.ThemeIcon(node.icon), tooltip: node.text, ...(node.command ? { command: node.command } : {}) });
    case "job":
      return jobItem(node, now);
    case "model":
      return item(node.model, None, { id: `${node.provider}/${node.job}/model`, description: "tuned model", iconPath: new vscode.ThemeIcon("sparkle"), contextValue: "model" });
    case "checkpoints":
      return item("Checkpoints", Collapsed, { id: `${node.provider}/${node.job}/checkpoints`, iconPath: new vscode.ThemeIcon("git-commit") });
    case "events":
      return item("Events", Collapsed, { id: `${node.provider}/${node.job}/events`, iconPath: new vscode.ThemeIcon("list-unordered"), contextValue: "events showEvents" });
    case "checkpoint": {
      const { id, step, model, metrics } = node.checkpoint;
      return item(`Step ${step}`, None, { id: `${node.provider}/${node.job}/${id}`, description: lossOf(metrics), tooltip: model, iconPath: new vscode.ThemeIcon("circle-outline") });
    }
    case "event": {
      const { id, createdAt, level, message } = node.event;
      return item(message, None, { id: `${node.provider}/${node.job}/${id}`, description: new Date(createdAt).toLocaleTimeString(), tooltip: message, iconPath: new vscode.ThemeIcon(levels[level]) });
    }
  }
}

function jobItem({ provider, job: id, shown: job, progress, capabilities }: Extract<Node, { kind: "job" }>, now: number): vscode.TreeItem {
  const description = describeJob(job, progress, now);
  const label = job.suffix ?? id;
  return item(label, vscode.TreeItemCollapsibleState.Collapsed, {
    id: `${provider}/${id}`, description, iconPath: icons[job.status], contextValue: ["job", ...allowedActions(job, capabilities)].join(" "),
    tooltip: [id, description, `from ${job.baseModel}`, job.tunedModel, job.error?.message].filter((line) => line !== undefined).join("\n"),
    accessibilityInformation: { label: `Fine-tuning job ${label}, ${description}` },
  });
}

function item(label: string, state: vscode.TreeItemCollapsibleState, part: Partial<vscode.TreeItem>): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(label, state), part);
}

function lossOf(metrics: Readonly<Record<string, number>>): string {
  const [name, value] = Object.entries(metrics).find(([key]) => key === "full_valid_loss") ?? Object.entries(metrics).find(([key]) => key === "train_loss") ?? [];
  return value === undefined ? "" : `${name === "train_loss" ? "loss" : "validation loss"} ${value.toFixed(3)}`;
}

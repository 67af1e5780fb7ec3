import * as vscode from "vscode";
import { size } from "../../jobs/confirm-action.ts";
import type { JobEvent, JobStatus } from "../../jobs/job.ts";
import { allowedActions } from "../../jobs/job-actions.ts";
import type { ServiceSnapshot } from "../../jobs/monitor.ts";
import type { Artifact } from "../../jobs/artifact.ts";
import { describeEnding, describeFile, describeJobNode, describeService, endingLines, fileTooltip, groupTitles, jobTooltip, serviceTooltip } from "../../jobs/tree/describe-node.ts";
import type { ListKind, Remedy, TreeNode, TreeService } from "../../jobs/tree/node.ts";
import { localId } from "../../launch/local-id.ts";
import { contextOf } from "./tree-menu.ts";

/** What a node is shown with besides itself. */
export interface Surroundings {
  service(id: string): TreeService | undefined;
  snapshot(service: string): ServiceSnapshot;
  /** Milliseconds since 1970. */
  readonly now: number;
}

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
const messageIcons = { waiting: "loading~spin", warning: "warning", key: "key", rocket: "rocket", nothing: "circle-slash" } as const;
const lists: Readonly<Record<ListKind, readonly [title: string, icon: string]>> = {
  checkpoints: ["Checkpoints", "git-commit"], events: ["Events", "list-unordered"], jobFiles: ["Files", "files"], files: ["Files", "files"], deployments: ["Deployments", "server-process"],
};
const artifactIcons: Readonly<Record<Artifact["kind"], string>> = { model: "package", adapter: "package", checkpoint: "git-commit", metrics: "graph-line", log: "output" };
const eventIcons: Readonly<Record<JobEvent["level"], string>> = { info: "info", warn: "warning", error: "error" };

/** The local engine alone tells how likely a model finds a given text. */
const scoring = (provider: string): readonly string[] => (provider === localId ? ["score"] : []);

/** A node as VS Code shows it. */
export function toTreeItem(node: TreeNode, { service: find, snapshot, now }: Surroundings): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const { provider } = node;
  switch (node.kind) {
    case "service": {
      const service = find(provider) ?? { id: provider, title: provider, keyed: false, endings: {} };
      const known = snapshot(provider);
      const description = describeService(service, known, now);
      // A service without a key is no fault.
      const icon = known.error && known.error.kind !== "unauthorised" ? "warning" : service.keyed ? "cloud" : "device-desktop";
      return item(service.title, Expanded, { id: provider, description, iconPath: new vscode.ThemeIcon(icon), contextValue: contextOf("service", service.keyed ? ["keyed"] : []), ...told(serviceTooltip(service, known), `${service.title}, service${description === "" ? "" : `, ${description}`}`) });
    }
    case "message":
      return item(node.text, None, { id: node.id, iconPath: new vscode.ThemeIcon(messageIcons[node.icon]), contextValue: "message", ...told([node.text], node.text), ...(node.remedy ? { command: commandOf(node.remedy, provider) } : {}) });
    case "group":
      return item(groupTitles[node.group], node.open ? Expanded : Collapsed, { id: `${provider}/${node.group}`, description: node.count.toLocaleString("en"), contextValue: "group", ...told([`${node.count.toLocaleString("en")} jobs`], `${groupTitles[node.group]}, ${node.count} jobs`) });
    case "more": {
      const description = node.hidden === undefined ? "older ones, from the service" : `${node.hidden.toLocaleString("en")} more`;
      return item("Load More", None, { id: `${node.list}/more`, description, iconPath: new vscode.ThemeIcon("ellipsis"), contextValue: "more", command: { title: "Load More", command: "tunesmith.job.loadMore", arguments: [node] }, ...told([description], `Load More, ${description}`) });
    }
    case "job": {
      const description = describeJobNode(node, now);
      const label = node.shown.suffix ?? node.job;
      return item(label, Collapsed, {
        id: `${provider}/${node.job}`, description, iconPath: icons[node.shown.status], contextValue: contextOf("job", [...allowedActions(node.shown, node.capabilities), ...(node.shown.tunedModel === undefined ? [] : scoring(provider))]),
        ...told(jobTooltip(node, find(provider)?.title ?? provider, now), `Fine-tuning job ${label}, ${description}`),
      });
    }
    case "model": {
      const ends = node.ending && describeEnding(node.ending, now);
      const description = ["tuned model", ends].filter((part) => part !== undefined).join(" · ");
      return item(node.tuned, None, { id: `${provider}/${node.job}/model`, description, iconPath: new vscode.ThemeIcon(ends === undefined ? "sparkle" : "warning"), contextValue: contextOf("model", ["evaluate", ...scoring(provider), ...node.capabilities.filter((each) => each === "deploy")]), ...told([node.tuned, `Tuned from ${node.base}`, ...(node.ending ? endingLines(node.ending) : [])], `Tuned model ${node.tuned}${ends === undefined ? "" : `, ${ends}`}`) });
    }
    case "list": {
      const [title, icon] = lists[node.list];
      return item(title, Collapsed, { id: [provider, ...(node.job === undefined ? [] : [node.job]), node.list].join("/"), iconPath: new vscode.ThemeIcon(icon), contextValue: contextOf(node.list, node.list === "events" ? ["showEvents"] : []), ...told([title], title) });
    }
    case "checkpoint": {
      const { id, step, model, answers, metrics } = node.checkpoint;
      const description = lossOf(metrics);
      return item(`Step ${step.toLocaleString("en")}`, None, { id: `${provider}/${node.job}/checkpoint/${id}`, description, iconPath: new vscode.ThemeIcon("circle-outline"), contextValue: contextOf("checkpoint", answers === false ? [] : ["evaluate", ...scoring(provider)]), ...told([model, ...Object.entries(metrics).map(([name, value]) => `${name}: ${value}`)], `Checkpoint at step ${step}, ${description}`) });
    }
    case "event": {
      const { id, createdAt, level, message } = node.event;
      return item(message, None, { id: `${provider}/${node.job}/event/${id}`, description: new Date(createdAt).toLocaleTimeString(), iconPath: new vscode.ThemeIcon(eventIcons[level]), contextValue: "event", command: { title: "Show Events", command: "tunesmith.job.showEvents", arguments: [{ provider, job: node.job }] }, ...told([message, new Date(createdAt).toLocaleString()], `${level}: ${message}`) });
    }
    case "artifact": {
      const { id, title, kind, fileName, bytes } = node.artifact;
      const description = bytes === undefined ? "" : size(bytes);
      const isText = kind === "metrics" || kind === "log";
      return item(title, None, { id: `${provider}/${node.job}/artifact/${id}`, description, iconPath: new vscode.ThemeIcon(artifactIcons[kind]), contextValue: contextOf("artifact", ["download", ...(isText ? ["openFile"] : [])]), ...(isText ? { command: openFile(node) } : {}), ...told([title, fileName], `${title}, ${kind}`) });
    }
    case "file": {
      const description = describeFile(node);
      const { id, name, status } = node.file;
      return item(name, None, { id: [provider, ...(node.job === undefined ? [] : [node.job, node.role]), "file", id].join("/"), description, iconPath: new vscode.ThemeIcon(status === "failed" ? "warning" : "file"), contextValue: contextOf("file", node.capabilities.filter((each) => each === "openFile" || each === "deleteFile")), ...(node.capabilities.includes("openFile") ? { command: openFile(node) } : {}), ...told(fileTooltip(node), `File ${name}, ${description}`) });
    }
    case "deployment": {
      const { id, model, rawStatus, chatModel, problem } = node.deployment;
      return item(model, None, { id: `${provider}/deployment/${id}`, description: rawStatus, iconPath: new vscode.ThemeIcon("server-process"), contextValue: contextOf("deployment", node.capabilities.filter((each) => each === "undeploy")), ...told([model, `State: ${rawStatus}`, ...(chatModel === undefined ? [] : [`Answers as ${chatModel}`]), ...(problem === undefined ? [] : [problem])], `Deployment of ${model}, ${rawStatus}`) });
    }
  }
}

function openFile(node: TreeNode): vscode.Command {
  return { title: "Open Remote File", command: "tunesmith.file.open", arguments: [node] };
}

function commandOf(remedy: Remedy, provider: string): vscode.Command {
  const argument = [{ provider }];
  switch (remedy) {
    case "set-key": return { title: "Set API Key", command: "tunesmith.key.set", arguments: argument };
    case "ask-again": return { title: "Try Again", command: "tunesmith.job.refresh", arguments: argument };
    case "start-job": return { title: "Start Fine-Tuning Job", command: "tunesmith.job.start", arguments: argument };
  }
}

/** What is read out of a row, and what its hover shows: plain text, as it holds what services say. */
function told(lines: readonly string[], label: string): Pick<vscode.TreeItem, "tooltip" | "accessibilityInformation"> {
  return { tooltip: lines.join("\n"), accessibilityInformation: { label } };
}

function item(label: string, state: vscode.TreeItemCollapsibleState, part: Partial<vscode.TreeItem>): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(label, state), part);
}

function lossOf(metrics: Readonly<Record<string, number>>): string {
  const [name, value] = Object.entries(metrics).find(([key]) => key === "full_valid_loss") ?? Object.entries(metrics).find(([key]) => key === "train_loss") ?? [];
  return value === undefined ? "" : `${name === "train_loss" ? "loss" : "validation loss"} ${value.toFixed(3)}`;
}

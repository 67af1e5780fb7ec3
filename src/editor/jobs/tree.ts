import * as vscode from "vscode";
import { isFinished } from "../../jobs/job.ts";
import type { Monitor, ServiceSnapshot } from "../../jobs/monitor.ts";
import type { ProviderErrorKind } from "../../jobs/provider.ts";
import { localId } from "../../launch/local-id.ts";
import type { Services } from "../services/services.ts";
import { toTreeItem, type Node } from "./tree-item.ts";

/** As many of a job's latest events are in the tree; all of them are in its document. */
const shownEvents = 20;

/** Milliseconds that a service may take for them. */
const detailPatience = 15_000;

/** The view of all jobs: it renders the monitor's snapshots, and asks for a job's checkpoints and events when they are opened. */
export function showTree({ services, monitor }: { services: Services; monitor: Monitor }): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const details = createDetails(services, monitor);
  const rendered = new Map<string, string>();
  const view = vscode.window.createTreeView<Node>("tunesmith.jobs", {
    showCollapseAll: true,
    treeDataProvider: { onDidChangeTreeData: changed.event, getTreeItem: (node) => toTreeItem(node, Date.now()), getChildren: (node) => childrenOf(node, services, monitor, details) },
  });
  const look = (): void => monitor.setWatched(view.visible && vscode.workspace.isTrusted);
  const stop = monitor.onDidChange((service) => {
    const { state, jobs, progress, error } = monitor.snapshot(service);
    const now = JSON.stringify([state, jobs, [...progress], error?.message]);
    if (rendered.get(service) === now) return;
    rendered.set(service, now);
    changed.fire(undefined);
    const running = monitor.jobs().filter((job) => !isFinished(job)).length;
    view.badge = running === 0 ? undefined : { value: running, tooltip: running === 1 ? "1 job is under way" : `${running} jobs are under way` };
  });
  look();
  return vscode.Disposable.from(
    changed, view, new vscode.Disposable(stop), view.onDidChangeVisibility(look),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      look();
      changed.fire(undefined);
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration("tunesmith.endpoints")) return;
      changed.fire(undefined);
      if (view.visible) void monitor.refresh();
    }),
  );
}

async function childrenOf(node: Node | undefined, services: Services, monitor: Monitor, details: Details): Promise<Node[]> {
  // Without trust the view's own welcome says what to do.
  if (!vscode.workspace.isTrusted) return [];
  if (!node) return services.list().map(({ id, title, baseURL }) => ({ kind: "service", provider: id, title, icon: iconOf(baseURL !== undefined, monitor.snapshot(id)), keyed: baseURL !== undefined }));
  if (node.kind === "service") return jobsOf(node.provider, monitor.snapshot(node.provider));
  if (node.kind === "job") {
    const { provider, job, shown, capabilities } = node;
    return [
      ...(shown.tunedModel === undefined ? [] : [{ kind: "model" as const, provider, job, model: shown.tunedModel }]),
      ...(capabilities.includes("checkpoints") ? [{ kind: "checkpoints" as const, provider, job }] : []),
      ...(capabilities.includes("events") ? [{ kind: "events" as const, provider, job }] : []),
    ];
  }
  if (node.kind === "checkpoints" || node.kind === "events") return details(node.kind, node.provider, node.job);
  return [];
}

/** A service without a key is no fault. */
function iconOf(keyed: boolean, { error }: ServiceSnapshot): "device-desktop" | "cloud" | "warning" {
  return error && error.kind !== "unauthorised" ? "warning" : keyed ? "cloud" : "device-desktop";
}

function jobsOf(provider: string, snapshot: ServiceSnapshot): Node[] {
  const { state, jobs, progress, capabilities, error } = snapshot;
  const shown = jobs.map((job): Node => {
    const known = progress.get(job.id);
    return { kind: "job", provider, job: job.id, shown: job, capabilities, ...(known ? { progress: known } : {}) };
  });
  if (error) return [failureOf(provider, error.kind, error.message), ...shown];
  if (state === "unasked") return [{ kind: "message", provider, text: "Asking for jobs…", icon: "loading~spin" }];
  if (shown.length > 0) return shown;
  const start = { title: "Start Fine-Tuning Job", command: "tunesmith.job.start", arguments: [{ provider }] };
  return [{ kind: "message", provider, text: provider === localId ? "No jobs yet. Start one: it trains on this machine." : "No jobs yet. Start one.", icon: "rocket", command: start }];
}

function failureOf(provider: string, kind: ProviderErrorKind, text: string): Node {
  if (kind === "unauthorised") return { kind: "message", provider, text: "Set an API key to see its jobs…", icon: "key", command: { title: "Set API Key", command: "tunesmith.key.set", arguments: [{ provider }] } };
  return { kind: "message", provider, text, icon: "warning", command: { title: "Try Again", command: "tunesmith.job.refresh", arguments: [{ provider }] } };
}

type Details = (kind: "checkpoints" | "events", provider: string, job: string) => Promise<Node[]>;

/** What lies below a job, asked for when it is opened; of a finished job it is asked for once. */
function createDetails(services: Services, monitor: Monitor): Details {
  const settled = new Map<string, Node[]>();
  return async (kind, provider, job) => {
    const key = JSON.stringify([kind, provider, job]);
    const known = settled.get(key);
    if (known) return known;
    const shown = monitor.snapshot(provider).jobs.find(({ id }) => id === job);
    const nodes = await detailsOf(kind, provider, job, services);
    if (shown && isFinished(shown) && nodes.every((node) => node.kind !== "message")) settled.set(key, nodes);
    return nodes;
  };
}

async function detailsOf(kind: "checkpoints" | "events", provider: string, job: string, services: Services): Promise<Node[]> {
  const signal = AbortSignal.timeout(detailPatience);
  try {
    const service = (await services.open(provider, signal)).provider;
    if (kind === "checkpoints") {
      const checkpoints = (await service.listCheckpoints?.(job, signal)) ?? [];
      if (checkpoints.length === 0) return [{ kind: "message", provider: `${provider}/${job}/checkpoints`, text: "None yet", icon: "circle-slash" }];
      return checkpoints.map((checkpoint) => ({ kind: "checkpoint", provider, job, checkpoint }));
    }
    const events = (await service.listEvents?.(job, signal)) ?? [];
    return events.slice(-shownEvents).reverse().map((event) => ({ kind: "event", provider, job, event }));
  } catch (error) {
    return [{ kind: "message", provider: `${provider}/${job}/${kind}`, text: error instanceof Error ? error.message : String(error), icon: "warning" }];
  }
}

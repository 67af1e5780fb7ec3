import * as vscode from "vscode";
import * as z from "zod";
import type { JobReference } from "../../jobs/job.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { Provider } from "../../jobs/provider.ts";
import { curvesOfRecord, readTraining } from "../../jobs/training-record.ts";
import { watchTraining, type TrainingSight } from "../../jobs/training-watch.ts";
import { serve } from "../../protocol/channel.ts";
import type { JobOverview, JobPanel, OtherRun } from "../../protocol/job-panel.ts";
import { runCommand } from "../commands.ts";
import { commandOf } from "./tree-menu.ts";
import { loadPage, pageOptions, panelIcon, toPort } from "../panels/webview-port.ts";
import type { Services } from "../services/services.ts";
import { createPanelHandlers } from "./panel-handlers.ts";
import { nameOf, overviewOf, toSend } from "./panel-overview.ts";

/** Names the panel in the manifest's activation events and in the state that VS Code keeps over a reload. */
export const viewType = "tunesmith.job";

export interface PanelDependencies {
  readonly services: Services;
  readonly monitor: Monitor;
  readonly extensionUri: vscode.Uri;
  /** The panel of each job that has one. */
  readonly open: Map<string, vscode.WebviewPanel>;
}

/** Shows a job's curves in a new tab, or in the one that it has already. */
export function showTraining(job: JobReference, dependencies: PanelDependencies): void {
  const shown = dependencies.open.get(keyOf(job));
  if (shown) return shown.reveal();
  fill(vscode.window.createWebviewPanel(viewType, "Training", vscode.ViewColumn.Active, pageOptions(dependencies.extensionUri)), job, dependencies);
}

/** Fills a panel that VS Code brought back after a reload; `state` is what its page had kept. */
export function restoreTraining(panel: vscode.WebviewPanel, state: unknown, dependencies: PanelDependencies): void {
  const kept = z.object({ job: z.object({ provider: z.string(), job: z.string() }) }).safeParse(state);
  if (!kept.success) return panel.dispose();
  fill(panel, kept.data.job, dependencies);
}

function fill(panel: vscode.WebviewPanel, job: JobReference, { services, monitor, extensionUri, open }: PanelDependencies): void {
  const ended = new AbortController();
  let told = "";
  const openProvider = async (service: string, signal: AbortSignal): Promise<Provider> => (await services.open(service, signal)).provider;
  const toOverview = ({ record, capabilities }: TrainingSight): JobOverview => {
    panel.title = `Training: ${nameOf(record.job)}`;
    const jobs = [...monitor.jobs()].sort((one, other) => other.createdAt - one.createdAt);
    return overviewOf(record, { service: services.find(job.provider)?.title ?? job.provider, capabilities, jobs, now: Date.now() });
  };
  const watch = watchTraining(job, {
    monitor, open: openProvider,
    changed(sight) {
      const overview = toOverview(sight);
      const text = JSON.stringify(overview);
      if (text !== told) end.emit("changed", overview);
      told = text;
    },
  }, ended.signal);
  const end = serve<JobPanel>(toPort(panel.webview), createPanelHandlers(async () => toOverview(await watch.current()), {
    refresh: watch.refresh,
    readRun: async (other) => readRun(other, await openProvider(other.provider, ended.signal), ended.signal),
    act: async (action) => void (await runCommand(commandOf[action], job)),
  }));
  // A page that was hidden was thrown away: it is told everything when it is back.
  const looking = panel.onDidChangeViewState(() => {
    told = "";
    watch.look(panel.visible);
  });
  watch.look(panel.visible);
  open.set(keyOf(job), panel);
  panel.iconPath = panelIcon(extensionUri);
  panel.onDidDispose(() => {
    ended.abort();
    looking.dispose();
    end.dispose();
    if (open.get(keyOf(job)) === panel) open.delete(keyOf(job));
  });
  loadPage(panel.webview, extensionUri, "job", "Training");
}

async function readRun(reference: JobReference, provider: Provider, signal: AbortSignal): Promise<OtherRun> {
  const record = await readTraining(provider, reference.job, signal);
  return { job: reference, name: nameOf(record.job), curves: toSend(curvesOfRecord(record)) };
}

function keyOf({ provider, job }: JobReference): string {
  return JSON.stringify([provider, job]);
}

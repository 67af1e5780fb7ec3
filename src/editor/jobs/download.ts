import * as vscode from "vscode";
import type { Artifact } from "../../jobs/artifact.ts";
import { size } from "../../jobs/confirm-action.ts";
import type { Job, JobReference } from "../../jobs/job.ts";
import { allowedActions } from "../../jobs/job-actions.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import { openDraft } from "../../workers/write-beside.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";
import { chooseJob, readJob } from "./choose-job.ts";

/** Fetches what a job left behind into a file of the user's choice: an artifact of the tree, or one that is asked for. What is cancelled leaves nothing behind. Gives the file, or undefined when the user turned away. */
export async function downloadArtifact(given: unknown, { services, monitor }: { readonly services: Services; readonly monitor: Monitor }): Promise<vscode.Uri | undefined> {
  const fits = (job: Job): boolean => allowedActions(job, monitor.snapshot(job.provider).capabilities).includes("download");
  const reference = readJob(given) ?? (await chooseJob(monitor, "Download", fits, "No job has left anything that can be fetched."));
  if (!reference) return undefined;
  const { artifact: wanted, out } = (given ?? {}) as { readonly artifact?: { readonly id?: unknown }; readonly out?: unknown };
  const artifacts = await withProgress("Asking what can be fetched", async (signal) => (await (await services.open(reference.provider, signal)).provider.listArtifacts?.(reference.job, signal)) ?? []);
  const artifact = typeof wanted?.id === "string" ? artifacts.find(({ id }) => id === wanted.id) : await chooseArtifact(artifacts, reference);
  if (!artifact) {
    if (wanted) throw new Error(`The job ${reference.job} has not left this any more.`);
    return undefined;
  }
  const target = out instanceof vscode.Uri ? out : await vscode.window.showSaveDialog({ title: `Download ${artifact.title}`, defaultUri: proposed(artifact.fileName) });
  if (!target) return undefined;
  await fetchTo(target, artifact, reference, services);
  void vscode.window.showInformationMessage(`${artifact.title} of ${reference.job} is in ${target.fsPath}.`);
  return target;
}

async function chooseArtifact(artifacts: readonly Artifact[], { job }: JobReference): Promise<Artifact | undefined> {
  if (artifacts.length === 0) throw new Error(`The job ${job} has left nothing that can be fetched yet.`);
  const items = artifacts.map((artifact) => ({ label: artifact.title, description: [artifact.kind, artifact.bytes === undefined ? "" : size(artifact.bytes)].filter((part) => part !== "").join(", "), artifact }));
  return (await vscode.window.showQuickPick(items, { title: "Download", placeHolder: `What of ${job}` }))?.artifact;
}

function proposed(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri;
  // A service's name for a file is no path.
  const own = name.replaceAll(/[\\/:*?"<>|\0]/g, "-");
  return folder ? vscode.Uri.joinPath(folder, own) : vscode.Uri.file(own);
}

async function fetchTo(target: vscode.Uri, artifact: Artifact, { provider: id, job }: JobReference, services: Services): Promise<void> {
  if (target.scheme !== "file") throw new Error(`Only a file on this machine can be written, and ${target.toString()} is not one.`);
  await withProgress(`Downloading ${artifact.title}`, async (signal, show) => {
    const { provider } = await services.open(id, signal);
    const download = await provider.download?.(job, artifact.id, signal);
    if (!download) throw new Error(`${provider.title} lets nothing be downloaded.`);
    const draft = openDraft(target.fsPath);
    let written = 0;
    let told = 0;
    let published = false;
    try {
      for await (const bytes of download.content) {
        signal.throwIfAborted();
        draft.append(bytes);
        written += bytes.length;
        const percent = download.bytes ? Math.floor((100 * written) / download.bytes) : 0;
        if (percent > told || told === 0) show({ message: `${size(written)}${download.bytes ? ` of ${size(download.bytes)}` : ""}`, increment: percent - told });
        told = Math.max(told, percent);
      }
      draft.publish();
      published = true;
    } finally {
      if (!published) draft.discard();
    }
  });
}

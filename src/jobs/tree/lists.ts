import { launchOf, type Launch } from "../launch.ts";
import type { Job } from "../job.ts";
import { capabilitiesOf } from "../job-actions.ts";
import type { Provider } from "../provider.ts";
import type { RemoteFile } from "../remote-file.ts";
import type { KeptUpload } from "../upload-once.ts";
import type { FileNode, ListKind, TreeNode } from "./node.ts";

/** As many of a job's latest events are in the tree; all of them are in its document. */
const shownEvents = 20;

/** What this machine knows of what it has sent and started. */
export interface Sent {
  readonly uploads: readonly KeptUpload[];
  readonly launches: readonly Launch[];
}

/** What lies below one node, the newest first. Rejects as the provider does. */
export async function readList(list: ListKind, job: Job | undefined, provider: Provider, sent: Sent, signal: AbortSignal): Promise<readonly TreeNode[]> {
  const own = { provider: provider.id };
  const capabilities = capabilitiesOf(provider);
  if (list === "files") return ((await provider.listFiles?.(signal)) ?? []).map((file): FileNode => ({ kind: "file", ...own, file, capabilities, ...from(file.id, provider.id, sent) }));
  if (list === "deployments") return ((await provider.listDeployments?.(signal)) ?? []).map((deployment) => ({ kind: "deployment", ...own, deployment, capabilities }));
  if (!job) return [];
  const below = { ...own, job: job.id };
  if (list === "checkpoints") {
    const checkpoints = (await provider.listCheckpoints?.(job.id, signal)) ?? [];
    return checkpoints.map((checkpoint) => ({ kind: "checkpoint", ...below, base: job.baseModel, tuned: checkpoint.model, checkpoint }));
  }
  if (list === "events") {
    const events = (await provider.listEvents?.(job.id, signal)) ?? [];
    return events.slice(-shownEvents).reverse().map((event) => ({ kind: "event", ...below, event }));
  }
  const artifacts = (await provider.listArtifacts?.(job.id, signal)) ?? [];
  const learned = ([["training", job.trainingFile], ["validation", job.validationFile]] as const).flatMap(([role, id]): FileNode[] => {
    if (id === undefined || id === "") return [];
    const known = from(id, provider.id, sent);
    const launched = launchOf(job, sent.launches)?.[role === "training" ? "dataset" : "validation"]?.path;
    const file: RemoteFile = { id, name: id };
    return [{ kind: "file", ...below, file, role, capabilities, ...(launched === undefined ? known : { sentFrom: launched }) }];
  });
  return [...learned, ...artifacts.map((artifact): TreeNode => ({ kind: "artifact", ...below, artifact }))];
}

function from(file: string, provider: string, { uploads }: Sent): { readonly sentFrom?: string } {
  const path = uploads.find((upload) => upload.provider === provider && upload.file === file)?.path;
  return path === undefined ? {} : { sentFrom: path };
}

import * as vscode from "vscode";
import * as z from "zod";
import { confirmDeleteFile, size } from "../../jobs/confirm-action.ts";
import { capabilitiesOf, type Capability } from "../../jobs/job-actions.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { RemoteFile } from "../../jobs/remote-file.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";
import { agrees } from "./act-on-job.ts";
import { isConfirmed } from "./choose-job.ts";
import { remoteFileUri } from "./remote-file-documents.ts";

/** A file at a service; with a job, what that job left behind. */
interface Reference {
  readonly provider: string;
  readonly job?: string;
  readonly file: Pick<RemoteFile, "id" | "name" | "bytes">;
}

interface Dependencies {
  readonly services: Services;
  readonly monitor: Monitor;
}

const artifact = z.object({ provider: z.string().min(1), job: z.string().min(1), artifact: z.object({ id: z.string().min(1), fileName: z.string() }) });
const reference = z.object({ provider: z.string().min(1), file: z.object({ id: z.string().min(1), name: z.string(), bytes: z.number().optional() }) });

/** Shows what a file at a service or an artifact of a job holds, as far as a document goes. */
export async function openRemoteFile(given: unknown, dependencies: Dependencies): Promise<void> {
  const left = artifact.safeParse(given);
  const chosen = left.success ? toReference(left.data) : await choose(given, "Open Remote File", "openFile", dependencies);
  if (!chosen) return;
  const document = await vscode.workspace.openTextDocument(remoteFileUri(chosen.provider, chosen.file, chosen.job));
  const language = /\.jsonl$/i.test(chosen.file.name) ? "jsonl" : /\.log$/i.test(chosen.file.name) ? "log" : "plaintext";
  await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, language), { preview: true });
}

/** Deletes a file at a service on the user's word; gives the service, or undefined when the user turned away. Rejects with an Error for the user. */
export async function deleteRemoteFile(given: unknown, dependencies: Dependencies): Promise<string | undefined> {
  const chosen = await choose(given, "Delete Remote File", "deleteFile", dependencies);
  if (!chosen) return undefined;
  const { provider, file } = chosen;
  const { services, monitor } = dependencies;
  const title = services.find(provider)?.title ?? provider;
  if (!isConfirmed(given) && !(await agrees(confirmDeleteFile(file, monitor.snapshot(provider).jobs, title)))) return undefined;
  await withProgress(`Deleting ${file.name}`, async (signal) => {
    const service = (await services.open(provider, signal)).provider;
    if (!service.deleteFile) throw new Error(`${title} lets no file be deleted.`);
    await service.deleteFile(file.id, signal);
  });
  return provider;
}

function toReference({ provider, job, artifact: { id, fileName } }: z.infer<typeof artifact>): Reference {
  return { provider, job, file: { id, name: fileName } };
}

async function choose(given: unknown, title: string, capability: Capability, { services, monitor }: Dependencies): Promise<Reference | undefined> {
  const read = reference.safeParse(given);
  if (read.success) return read.data as Reference;
  await monitor.refresh();
  const fit = services.list().filter(({ id }) => monitor.snapshot(id).capabilities.includes(capability));
  if (fit.length === 0) throw new Error("No service answers that lets its files be opened or deleted.");
  const service = fit.length === 1 ? fit[0] : (await vscode.window.showQuickPick(fit.map((each) => ({ label: each.title, description: each.baseURL ?? "on this machine", each })), { title, placeHolder: "The service" }))?.each;
  if (!service) return undefined;
  const files = await withProgress("Asking for files", async (signal) => {
    const { provider } = await services.open(service.id, signal);
    return capabilitiesOf(provider).includes(capability) ? ((await provider.listFiles?.(signal)) ?? []) : [];
  });
  if (files.length === 0) throw new Error(`${service.title} keeps no files.`);
  const items = files.map((file) => ({ label: file.name, description: file.bytes === undefined ? "" : size(file.bytes), detail: file.id, file }));
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: "The file", matchOnDetail: true });
  return chosen && { provider: service.id, file: chosen.file };
}

import * as vscode from "vscode";
import type { Ledger } from "../../jobs/launch.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { UploadLedger } from "../../jobs/upload-once.ts";
import { registerCommand } from "../commands.ts";
import type { Credentials } from "../credentials.ts";
import type { PresentError } from "../present-error.ts";
import type { Failures } from "../failures/register.ts";
import type { Services } from "../services/services.ts";
import type { JobChange } from "./act-on-job.ts";
import { chooseJob, readJob } from "./choose-job.ts";
import { registerEventDocuments, showEvents } from "./events-document.ts";
import type { PanelDependencies } from "./panel.ts";
import { registerRemoteFileDocuments } from "./remote-file-documents.ts";
import { registerTerminalLinks } from "./terminal-links.ts";
import { showTree } from "./tree.ts";
import { waitForEnds } from "./wait-for-ends.ts";

export interface JobDependencies {
  readonly services: Services;
  readonly credentials: Credentials;
  readonly monitor: Monitor;
  readonly ledger: () => Promise<Ledger>;
  readonly uploads: () => Promise<UploadLedger>;
  readonly failures: Pick<Failures, "read">;
  /** Makes this machine ready to train, on the user's word or with it given. */
  readonly setUp: (agreed?: boolean) => Promise<boolean>;
  readonly extensionUri: vscode.Uri;
  readonly presentError: PresentError;
}

/** The view of jobs, and what can be done with them. Everything heavy is loaded when it is first used. */
export function registerJobs({ services, credentials, monitor, ledger, uploads, failures, setUp, extensionUri, presentError }: JobDependencies): vscode.Disposable {
  const panels: PanelDependencies = { services, monitor, extensionUri, open: new Map() };
  const view = showTree({ services, monitor, ledger, uploads });
  const shown = { services, monitor };

  async function change(what: JobChange, given: unknown): Promise<void> {
    await afterwards(await (await import("./act-on-job.ts")).changeJob(what, given, shown));
  }

  /** What was done at a service is seen at once. */
  async function afterwards(service: string | undefined): Promise<void> {
    if (service === undefined) return;
    view.forget(service);
    await monitor.refresh(service);
  }

  async function openPage(given: unknown): Promise<void> {
    const reference = readJob(given) ?? (await chooseJob(monitor, "Open in Browser", ({ page }) => page !== undefined, "No job has a page at its service."));
    if (!reference) return;
    const { retrieve } = await import("./act-on-job.ts");
    const { page } = monitor.snapshot(reference.provider).jobs.find(({ id }) => id === reference.job) ?? (await retrieve(reference, services));
    if (page === undefined || !/^https?:\/\//.test(page)) throw new Error(`The job ${reference.job} has no page at its service.`);
    await vscode.env.openExternal(vscode.Uri.parse(page, true));
  }

  async function withKey(act: "setKey" | "testKey" | "forgetKey", given: unknown): Promise<void> {
    const named = (given as { provider?: unknown } | undefined)?.provider;
    const service = await (await import("./keys.ts"))[act](typeof named === "string" ? named : undefined, services, credentials);
    await afterwards(service);
  }

  return vscode.Disposable.from(
    view.disposable,
    registerEventDocuments({ services, monitor }),
    registerRemoteFileDocuments(services),
    waitForEnds({ services, monitor, ledger, failures, presentError }),
    registerTerminalLinks({ monitor, ledger, uploads }),
    registerCommand("tunesmith.job.cancel", (given) => change("cancel", given), presentError),
    registerCommand("tunesmith.job.pause", (given) => change("pause", given), presentError),
    registerCommand("tunesmith.job.resume", (given) => change("resume", given), presentError),
    registerCommand("tunesmith.job.delete", (given) => change("delete", given), presentError),
    registerCommand("tunesmith.model.deploy", (given) => change("deploy", given), presentError),
    registerCommand("tunesmith.deployment.remove", async (given) => afterwards(await (await import("./deployments.ts")).removeDeployment(given, shown)), presentError),
    registerCommand("tunesmith.job.download", async (given) => (await import("./download.ts")).downloadArtifact(given, shown), presentError),
    registerCommand("tunesmith.job.openPage", openPage, presentError),
    registerCommand("tunesmith.job.loadMore", (node) => view.showMore(node), presentError),
    registerCommand("tunesmith.file.open", async (given) => (await import("./remote-files.ts")).openRemoteFile(given, shown), presentError),
    registerCommand("tunesmith.file.delete", async (given) => afterwards(await (await import("./remote-files.ts")).deleteRemoteFile(given, shown)), presentError),
    registerCommand("tunesmith.id.copy", async (given) => (await import("./copy-id.ts")).copyId(given, monitor), presentError),
    registerCommand("tunesmith.job.showTraining", async (given) => {
      const job = readJob(given) ?? (await chooseJob(monitor, "Show Training", () => true, "There are no jobs yet."));
      if (job) (await import("./panel.ts")).showTraining(job, panels);
    }, presentError),
    // The panels are not disposed with the extension: VS Code keeps them over a reload and hands them to the serializer.
    vscode.window.registerWebviewPanelSerializer("tunesmith.job", { deserializeWebviewPanel: async (panel, state) => (await import("./panel.ts")).restoreTraining(panel, state, panels) }),
    registerCommand("tunesmith.job.showEvents", async (given) => {
      const job = readJob(given) ?? (await chooseJob(monitor, "Show Events", () => true, "There are no jobs yet."));
      if (job) await showEvents(job);
    }, presentError),
    registerCommand("tunesmith.job.refresh", (given) => {
      view.forget(given?.provider);
      return monitor.refresh(given?.provider);
    }, presentError),
    registerCommand("tunesmith.key.set", (given) => withKey("setKey", given), presentError),
    registerCommand("tunesmith.key.test", (given) => withKey("testKey", given), presentError),
    registerCommand("tunesmith.service.add", async () => {
      const name = await (await import("../services/add-service.ts")).addService();
      if (name !== undefined) await withKey("setKey", { provider: name });
    }, presentError),
    registerCommand("tunesmith.key.forget", (given) => withKey("forgetKey", given), presentError),
    registerCommand("tunesmith.engine.setUp", async (given) => {
      if (await setUp(given?.agreed === true)) void vscode.window.showInformationMessage("This machine is ready to train.");
    }, presentError),
  );
}

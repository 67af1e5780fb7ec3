import * as vscode from "vscode";
import { isFinished } from "../../jobs/job.ts";
import type { Ledger } from "../../jobs/launch.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import { registerCommand } from "../commands.ts";
import type { Credentials } from "../credentials.ts";
import type { PresentError } from "../present-error.ts";
import type { Services } from "../services/services.ts";
import { chooseJob, readJob } from "./choose-job.ts";
import { registerEventDocuments, showEvents } from "./events-document.ts";
import type { PanelDependencies } from "./panel.ts";
import { showTree } from "./tree.ts";
import { waitForEnds } from "./wait-for-ends.ts";

export interface JobDependencies {
  readonly services: Services;
  readonly credentials: Credentials;
  readonly monitor: Monitor;
  readonly ledger: () => Promise<Ledger>;
  /** Makes this machine ready to train, on the user's word or with it given. */
  readonly setUp: (agreed?: boolean) => Promise<boolean>;
  readonly extensionUri: vscode.Uri;
  readonly presentError: PresentError;
}

/** The view of jobs, and what can be done with them. Everything heavy is loaded when it is first used. */
export function registerJobs({ services, credentials, monitor, ledger, setUp, extensionUri, presentError }: JobDependencies): vscode.Disposable {
  const panels: PanelDependencies = { services, monitor, extensionUri, open: new Map() };
  async function cancel(given: unknown): Promise<void> {
    const job = readJob(given) ?? (await chooseJob(monitor, "Cancel Fine-Tuning Job", (each) => !isFinished(each), "No job is under way."));
    if (!job) return;
    const { cancelJob } = await import("./cancel.ts");
    const confirmed = (given as { confirmed?: unknown } | undefined)?.confirmed === true;
    if (await cancelJob(job, services, confirmed)) await monitor.refresh(job.provider);
  }

  async function withKey(act: "setKey" | "testKey" | "forgetKey", given: unknown): Promise<void> {
    const named = (given as { provider?: unknown } | undefined)?.provider;
    const service = await (await import("./keys.ts"))[act](typeof named === "string" ? named : undefined, services, credentials);
    if (service !== undefined) await monitor.refresh(service);
  }

  return vscode.Disposable.from(
    showTree({ services, monitor }),
    registerEventDocuments({ services, monitor }),
    waitForEnds({ monitor, ledger, presentError }),
    registerCommand("tunesmith.job.cancel", cancel, presentError),
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
    registerCommand("tunesmith.job.refresh", (given) => monitor.refresh(given?.provider), presentError),
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

import * as vscode from "vscode";
import type { Clock } from "../../jobs/clock.ts";
import type { JobReference } from "../../jobs/job.ts";
import type { Launch, Ledger } from "../../jobs/launch.ts";
import { createMonitor, type Monitor } from "../../jobs/monitor.ts";
import { reconcile } from "../../jobs/reconcile.ts";
import type { UploadLedger } from "../../jobs/upload-once.ts";
import type { Services } from "../services/services.ts";

/** The jobs of all services, and the ledger of what was started from this machine. */
export interface Jobs {
  readonly monitor: Monitor;
  readonly ledger: () => Promise<Ledger>;
  readonly uploads: () => Promise<UploadLedger>;
  /** What the ledger knows of the start of a job. */
  readonly launchOf: (job: JobReference) => Promise<Launch | undefined>;
  /** The path of the file that a job learned from, where the ledger knows it. */
  readonly trainingFile: (job: JobReference) => Promise<string | undefined>;
  readonly disposable: vscode.Disposable;
}

const clock: Clock = {
  now: Date.now,
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Opens them; nothing is read or asked before it is needed. `folder` and `uploadFolder` keep the ledgers. */
export function openJobs({ services, folder, uploadFolder, log }: { services: Services; folder: string; uploadFolder: string; log: vscode.LogOutputChannel }): Jobs {
  const end = new AbortController();
  let opened: Promise<Ledger> | undefined;
  const ledger = (): Promise<Ledger> => (opened ??= import("../../launch/ledger-file.ts").then(({ openLedger }) => openLedger(folder)));
  const uploads = async (): Promise<UploadLedger> => (await import("../../launch/uploads-file.ts")).openUploads(uploadFolder);

  const monitor: Monitor = createMonitor({
    services: services.list,
    open: async (id, signal) => (await services.openIfUsed(id, signal))?.provider,
    requests: services.requests,
    clock,
    async listed(service, jobs) {
      const { list, save } = await ledger();
      for (const launch of reconcile(await list(), service, jobs, Date.now())) {
        log.info(`The launch of ${launch.dataset.path} at ${service}: ${launch.job ?? launch.reason ?? launch.step}`);
        await save(launch);
        if (launch.job !== undefined) monitor.follow({ provider: service, job: launch.job });
      }
    },
  }, end.signal);

  async function launchOf({ provider, job }: JobReference): Promise<Launch | undefined> {
    const launches = await (await ledger()).list();
    return launches.find((launch) => launch.provider === provider && launch.job === job);
  }
  const trainingFile = async (job: JobReference): Promise<string | undefined> => (await launchOf(job))?.dataset.path;

  return { monitor, ledger, uploads, launchOf, trainingFile, disposable: new vscode.Disposable(() => end.abort()) };
}

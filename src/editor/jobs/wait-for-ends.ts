import * as vscode from "vscode";
import type { Job } from "../../jobs/job.ts";
import { launchOf, type Ledger } from "../../jobs/launch.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { Failures } from "../failures/register.ts";
import type { PresentError } from "../present-error.ts";
import type { Services } from "../services/services.ts";
import { tellEnd } from "./tell-end.ts";

/** How long after the window's start jobs are looked for that were started before, in milliseconds: the files that are open come first. */
const calm = 1500;
/** A job whose end nobody has been told of for so long is waited for no more. */
const patience = 7 * 24 * 3_600_000;

/** Waits for the ends of the jobs that were started from this machine, also in an earlier window, and has each told once, by whichever window sees it first. */
export function waitForEnds({ services, monitor, ledger, failures, presentError }: { services: Services; monitor: Monitor; ledger: () => Promise<Ledger>; failures: Pick<Failures, "read">; presentError: PresentError }): vscode.Disposable {
  async function resume(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    for (const { provider, job, step, changedAt } of await (await ledger()).list()) {
      if (step === "created" && job !== undefined && Date.now() - changedAt < patience) monitor.follow({ provider, job });
    }
  }

  async function end(job: Job): Promise<void> {
    const { list, save } = await ledger();
    const launch = launchOf(job, await list());
    if (launch?.step === "ended") return;
    const ended = launch && { ...launch, step: "ended" as const, changedAt: Date.now() };
    if (ended) await save(ended);
    const failure = ended && job.status === "failed" ? await failures.read(job, ended).catch((error: unknown) => void presentError(error)) : undefined;
    // That a record cannot be written says nothing of how the job ended.
    if (ended) await (await import("../runs/record-job.ts")).recordJob(ended, job, services).catch(presentError);
    await tellEnd(job, { ...(launch?.test === undefined ? {} : { test: launch.test }), ...(failure ? { failure } : {}) });
  }

  const later = setTimeout(() => void resume().catch(presentError), calm);
  return vscode.Disposable.from(
    new vscode.Disposable(() => clearTimeout(later)),
    new vscode.Disposable(monitor.onDidFinish((job) => void end(job).catch(presentError))),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void resume().catch(presentError)),
  );
}

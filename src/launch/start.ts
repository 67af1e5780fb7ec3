import type { Job } from "../jobs/job.ts";
import { mayStart, type LaunchPlan } from "../jobs/launch-plan.ts";
import { startJob } from "../jobs/start-job.ts";
import type { LaunchDesk } from "./desk.ts";
import { recordRun } from "./run-file.ts";

/** Starts what the user has agreed to, and writes its run record. Rejects as `startJob` does, and with an Error for the user when something forbids it. */
export async function startPlan(plan: LaunchPlan, desk: LaunchDesk, signal: AbortSignal): Promise<Job> {
  const { launch, checks, earlier, service } = plan;
  if (!launch || !mayStart(plan)) throw new Error(checks.find(({ outcome }) => outcome === "failed")?.message ?? "It cannot be started.");
  const { provider } = await desk.services.open(service.id, signal);
  const job = await startJob(launch, { provider, ledger: desk.ledger, uploads: desk.uploads, hashFile: desk.files.hashFile, report: desk.report, clock: desk.clock, agreed: earlier.map(({ id }) => id) }, signal);
  const started = (await desk.ledger.list()).find(({ id }) => id === launch.id);
  // The job is under way whether or not a folder takes its record; the ledger knows all of it.
  if (started) await recordRun(started, { job }).catch((error: unknown) => desk.report(`the run record cannot be written: ${error instanceof Error ? error.message : String(error)}`));
  return job;
}

import type { Job } from "../jobs/job.ts";
import { mayStart, type LaunchPlan } from "../jobs/launch-plan.ts";
import { startJob } from "../jobs/start-job.ts";
import type { LaunchDesk } from "./desk.ts";

/** Starts what the user has agreed to. Rejects as `startJob` does, and with an Error for the user when something forbids it. */
export async function startPlan(plan: LaunchPlan, desk: LaunchDesk, signal: AbortSignal): Promise<Job> {
  const { launch, checks, earlier, service } = plan;
  if (!launch || !mayStart(plan)) throw new Error(checks.find(({ outcome }) => outcome === "failed")?.message ?? "It cannot be started.");
  const { provider } = await desk.services.open(service.id, signal);
  return startJob(launch, { provider, ledger: desk.ledger, uploads: desk.uploads, hashFile: desk.files.hashFile, report: desk.report, clock: desk.clock, agreed: earlier.map(({ id }) => id) }, signal);
}

import { isFinished, type Job } from "./job.ts";
import type { Provider } from "./provider.ts";

/** What can be done with a job besides looking at it. */
export type JobAction = "cancel" | "evaluate" | "showEvents";

/** What a provider can do beyond listing: the optional members that it has. */
export type Capability = "cancel" | "events" | "checkpoints";

/** The capabilities of a provider: there are no flags to set, only members to have. */
export function capabilitiesOf(provider: Provider): readonly Capability[] {
  return [...(provider.cancelJob ? ["cancel" as const] : []), ...(provider.listEvents ? ["events" as const] : []), ...(provider.listCheckpoints ? ["checkpoints" as const] : [])];
}

/** What a user may do with this job now, at a provider of these capabilities. */
export function allowedActions(job: Job, capabilities: readonly Capability[]): readonly JobAction[] {
  const actions: JobAction[] = [];
  if (capabilities.includes("cancel") && !isFinished(job) && job.status !== "cancelling") actions.push("cancel");
  if (job.tunedModel !== undefined) actions.push("evaluate");
  if (capabilities.includes("events")) actions.push("showEvents");
  return actions;
}

import type { Job } from "./job.ts";
import { jobOfLaunch } from "./job-of-launch.ts";
import type { Launch } from "./launch.ts";

/** So long a provider's list may lag behind its answers. */
const listPatience = 2 * 60_000;
/** No upload takes longer; a launch that has not come further by then was cut off. */
const uploadPatience = 24 * 3_600_000;

/**
 * What a provider's list of jobs tells about launches that ended before their job was known: the launches that change, as they are now.
 * `now` is milliseconds since 1970.
 */
export function reconcile(launches: readonly Launch[], provider: string, jobs: readonly Job[], now: number): readonly Launch[] {
  return launches.flatMap((launch): Launch[] => {
    if (launch.provider !== provider || ["created", "ended", "refused"].includes(launch.step)) return [];
    const job = jobOfLaunch(launch, jobs, launches);
    if (job) return [{ ...launch, step: "created", job: job.id, changedAt: now }];
    const waited = now - launch.changedAt;
    if (launch.step === "requested") return waited < listPatience ? [] : [refused(launch, "The request was sent, and the provider has no such job.", now)];
    return waited < uploadPatience ? [] : [refused(launch, "It was cut off before the job was created.", now)];
  });
}

function refused(launch: Launch, reason: string, now: number): Launch {
  return { ...launch, step: "refused", reason, changedAt: now };
}

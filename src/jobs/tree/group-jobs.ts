import type { Job, JobStatus } from "../job.ts";

/** In which order jobs are of interest: what is under way, what has come of it, what has not. */
export type JobGroup = "under-way" | "succeeded" | "failed";

/** Jobs of one group, the newest first. */
export interface GroupedJobs {
  readonly group: JobGroup;
  readonly jobs: readonly Job[];
}

/** As many are seen at one glance. */
const flat = 12;

const groups: readonly JobGroup[] = ["under-way", "succeeded", "failed"];
const groupOf: Partial<Readonly<Record<JobStatus, JobGroup>>> = { succeeded: "succeeded", failed: "failed", cancelled: "failed" };

/** The jobs by their state; undefined where they are few, or all in one group. A state that is not known may still change. */
export function groupJobs(jobs: readonly Job[]): readonly GroupedJobs[] | undefined {
  if (jobs.length <= flat) return undefined;
  const grouped = groups.map((group) => ({ group, jobs: jobs.filter(({ status }) => (groupOf[status] ?? "under-way") === group) })).filter((each) => each.jobs.length > 0);
  return grouped.length > 1 ? grouped : undefined;
}

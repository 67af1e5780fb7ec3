import type { Job } from "../../jobs/job.ts";

/** A job as data; moments are in ISO 8601. */
export function jobJson({ provider, createdAt, startedAt, finishedAt, estimatedFinish, ...job }: Job): object {
  const moments = { createdAt, startedAt, finishedAt, estimatedFinish };
  return { service: provider, ...job, ...Object.fromEntries(Object.entries(moments).flatMap(([name, at]) => (at === undefined ? [] : [[name, new Date(at).toISOString()]]))) };
}

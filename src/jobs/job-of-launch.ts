import type { Job } from "./job.ts";
import { launchKey, type Launch } from "./launch.ts";

/** The clocks of a machine and of a provider may be so far apart, in milliseconds. */
const clockSkew = 5 * 60_000;

/**
 * The job that a launch has made, among a provider's jobs. A job tells it by the metadata that went with it. Some providers keep none; there it is the
 * first job since the request that learns from the launch's own file, from its model and under its suffix, and that no other launch has made.
 */
export function jobOfLaunch(launch: Pick<Launch, "id" | "provider" | "request" | "trainingFile" | "changedAt">, jobs: readonly Job[], launches: readonly Launch[]): Job | undefined {
  const named = jobs.find(({ metadata }) => metadata?.[launchKey] === launch.id);
  if (named || launch.trainingFile === undefined) return named;
  const claimed = new Set(launches.flatMap(({ id, provider, job }) => (provider === launch.provider && id !== launch.id && job !== undefined ? [job] : [])));
  const { model, suffix } = launch.request;
  return jobs
    .filter((job) => job.metadata === undefined && !claimed.has(job.id) && job.createdAt >= launch.changedAt - clockSkew)
    .filter((job) => job.trainingFile === launch.trainingFile && job.baseModel === model && (job.suffix ?? suffix) === suffix)
    .sort((one, other) => one.createdAt - other.createdAt)[0];
}

import { isFinished, type Job } from "./job.ts";
import type { JobProgress } from "./progress.ts";

/** A job's state in a few words: `step 34 of 60, loss 0.412, 2 min left`, or the name of the state where nothing tells more. `now` is milliseconds since 1970. */
export function describeJob(job: Job, progress: JobProgress | undefined, now: number): string {
  const state = job.status === "unknown" ? job.rawStatus : job.status;
  if (isFinished(job)) return [state, job.error?.message, job.finishedAt === undefined ? undefined : new Date(job.finishedAt).toLocaleString()].filter((part) => part !== undefined).join(", ");
  const end = progress?.estimatedFinish ?? job.estimatedFinish;
  return [
    progress && job.status === "running" ? undefined : state,
    progress && `step ${progress.step}${progress.totalSteps === undefined ? "" : ` of ${progress.totalSteps}`}`,
    progress?.trainLoss === undefined ? undefined : `loss ${progress.trainLoss.toFixed(3)}`,
    end !== undefined && end > now ? `${span(end - now)} left` : undefined,
  ].filter((part) => part !== undefined).join(", ");
}

/** A length of time in its largest unit: `40 s`, `3 min`, `2 h`, `5 d`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 36 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

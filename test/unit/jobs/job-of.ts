import type { Job, JobEvent } from "../../../src/jobs/job.ts";

/** A job with what a test says of it. */
export function jobOf(id: string, part: Partial<Job> = {}): Job {
  return { provider: "p", id, status: "running", rawStatus: part.status ?? "running", baseModel: "base", createdAt: 1000, trainingFile: "file-1", hyperparameters: {}, ...part };
}

/** A step's event, `seconds` after the beginning. */
export function stepEvent(seconds: number, metrics: Readonly<Record<string, number>>): JobEvent {
  return { id: `event-${seconds}`, createdAt: seconds * 1000, level: "info", message: `Step ${metrics["step"]}`, metrics };
}

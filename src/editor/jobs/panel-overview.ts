import { describeJob } from "../../jobs/describe-job.ts";
import { factsOf, parametersOf, timelineOf } from "../../jobs/describe-training.ts";
import { examine, nextChange } from "../../jobs/doctor/index.ts";
import { isFinished, type Job } from "../../jobs/job.ts";
import { allowedActions, type Capability } from "../../jobs/job-actions.ts";
import { progressOf } from "../../jobs/progress.ts";
import { thin, type Curve } from "../../jobs/training-curve.ts";
import { curvesOfRecord, type TrainingRecord } from "../../jobs/training-record.ts";
import { mostOthers, mostPoints, type JobOverview } from "../../protocol/job-panel.ts";

/** What a panel knows besides its job. */
export interface Surroundings {
  /** The service's name as the user knows it. */
  readonly service: string;
  readonly capabilities: readonly Capability[];
  /** Jobs of all services, the newest first. */
  readonly jobs: readonly Job[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The curves as they are sent to a page. */
export function toSend(curves: readonly Curve[]): readonly Curve[] {
  return curves.map((curve) => ({ ...curve, points: thin(curve.points, mostPoints) }));
}

/** The panel of one job. The doctor judges by every point, the page draws some. */
export function overviewOf(record: TrainingRecord, { service, capabilities, jobs, now }: Surroundings): JobOverview {
  const { job, events, checkpoints, missing } = record;
  const curves = curvesOfRecord(record);
  const progress = progressOf(events);
  const advice = examine({ job, curves, checkpoints });
  const change = nextChange(advice);
  return {
    job: { provider: job.provider, job: job.id }, name: nameOf(job), service, state: describeJob(job, progress, now), finished: isFinished(job),
    ...(job.error ? { error: job.error.message } : {}),
    facts: factsOf(job, progress, now), parameters: parametersOf(job), timeline: timelineOf(job, events, checkpoints, progress),
    curves: toSend(curves), checkpoints: checkpoints.map(({ step, model }) => ({ step, model })).sort((one, other) => one.step - other.step),
    advice, ...(change ? { change } : {}),
    actions: allowedActions(job, capabilities),
    others: jobs.filter((other) => other.provider !== job.provider || other.id !== job.id).slice(0, mostOthers).map((other) => ({ job: { provider: other.provider, job: other.id }, name: nameOf(other), finished: isFinished(other) })),
    ...(missing.length > 0 ? { missing: missing.join(" ") } : {}),
  };
}

/** A job by the name that its user gave it. */
export function nameOf({ suffix, id }: Pick<Job, "suffix" | "id">): string {
  return suffix ?? id;
}

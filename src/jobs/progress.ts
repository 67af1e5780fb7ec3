import type { JobEvent } from "./job.ts";

/** How far a training has come, by what its events tell. */
export interface JobProgress {
  readonly step: number;
  readonly totalSteps?: number;
  readonly trainLoss?: number;
  /** Milliseconds since 1970 at which the last step would be done, by the pace of the steps so far. */
  readonly estimatedFinish?: number;
}

/** The progress that a job's events tell, the oldest first; undefined before the first step. */
export function progressOf(events: readonly JobEvent[]): JobProgress | undefined {
  const steps = events.flatMap(({ createdAt, metrics }) => (metrics?.["step"] === undefined ? [] : [{ createdAt, metrics, step: metrics["step"] }]));
  const last = steps.at(-1);
  if (!last) return undefined;
  // A training that was taken up again counts from an earlier step; what came before says nothing of its pace.
  const from = steps.findLastIndex(({ step }, index) => step >= (steps[index + 1]?.step ?? Infinity)) + 1;
  const totalSteps = last.metrics["total_steps"];
  const trainLoss = steps.findLast(({ metrics }) => metrics["train_loss"] !== undefined)?.metrics["train_loss"];
  const estimatedFinish = totalSteps === undefined ? undefined : extrapolate(steps[from] ?? last, last, totalSteps);
  return {
    step: last.step,
    ...(totalSteps === undefined ? {} : { totalSteps }),
    ...(trainLoss === undefined ? {} : { trainLoss }),
    ...(estimatedFinish === undefined ? {} : { estimatedFinish }),
  };
}

interface Moment {
  readonly createdAt: number;
  readonly step: number;
}

function extrapolate(first: Moment, last: Moment, totalSteps: number): number | undefined {
  if (last.step <= first.step || totalSteps < last.step) return undefined;
  const pace = (last.createdAt - first.createdAt) / (last.step - first.step);
  return last.createdAt + pace * (totalSteps - last.step);
}

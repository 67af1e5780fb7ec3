import { isFinished, type Checkpoint, type Job, type JobEvent } from "./job.ts";
import type { MetricPoint } from "./metric-point.ts";
import type { Provider } from "./provider.ts";
import { curvesOf, pointsOfEvents, type Curve } from "./training-curve.ts";

/** What a service said of one training. */
export interface TrainingRecord {
  readonly job: Job;
  readonly events: readonly JobEvent[];
  readonly checkpoints: readonly Checkpoint[];
  /** Undefined where the events are all that was asked for. */
  readonly metrics?: readonly MetricPoint[];
  /** What could not be had, as sentences. */
  readonly missing: readonly string[];
}

/**
 * Asks for everything that a service tells of a job. While it runs, events that hold measurements do for its curves: a panel that stays open costs two
 * requests each time. Rejects with a ProviderError when the job itself cannot be had; what else cannot is named in `missing`.
 */
export async function readTraining(provider: Provider, id: string, signal: AbortSignal): Promise<TrainingRecord> {
  const missing: string[] = [];
  const job = await provider.retrieveJob(id, signal);
  const [events, checkpoints] = await Promise.all([have("events", provider.listEvents?.(id, signal), []), have("checkpoints", provider.listCheckpoints?.(id, signal), [])]);
  const metrics = !isFinished(job) && pointsOfEvents(events).length > 0 ? undefined : await have("measurements", provider.listMetrics?.(id, signal), undefined);
  return { job, events, checkpoints, ...(metrics && metrics.length > 0 ? { metrics } : {}), missing };

  async function have<Result, None>(what: string, answer: Promise<Result> | undefined, none: None): Promise<Result | None> {
    try {
      return (await answer) ?? none;
    } catch (error) {
      if (signal.aborted) throw error;
      missing.push(`The ${what} cannot be had: ${error instanceof Error ? error.message : String(error)}`);
      return none;
    }
  }
}

/** The curves of a job as they were measured, all points of them. */
export function curvesOfRecord({ events, metrics }: Pick<TrainingRecord, "events" | "metrics">): readonly Curve[] {
  return curvesOf(metrics ?? pointsOfEvents(events));
}

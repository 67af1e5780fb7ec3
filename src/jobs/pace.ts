import type { Job } from "./job.ts";
import type { Span } from "./span.ts";

/** How fast a model is trained. */
export interface Pace {
  readonly tokensPerSecond: Span;
  /** Where that is known from, as a sentence. */
  readonly basis: string;
}

/** A single training says little of the next: so much slower or faster it may be. */
const spread = 1.5;

/** How fast earlier trainings of a model went at the same service; undefined without one that tells its tokens and its time. */
export function paceOf(jobs: readonly Job[], model: string): Pace | undefined {
  const speeds = jobs.flatMap(({ status, baseModel, trainedTokens, startedAt, createdAt, finishedAt }) => {
    const seconds = ((finishedAt ?? 0) - (startedAt ?? createdAt)) / 1000;
    return status === "succeeded" && baseModel === model && trainedTokens !== undefined && trainedTokens > 0 && seconds > 0 ? [trainedTokens / seconds] : [];
  });
  if (speeds.length === 0) return undefined;
  return {
    tokensPerSecond: { least: Math.min(...speeds) / spread, most: Math.max(...speeds) * spread },
    basis: `by ${speeds.length === 1 ? "an earlier job" : `${speeds.length} earlier jobs`} of this model here`,
  };
}

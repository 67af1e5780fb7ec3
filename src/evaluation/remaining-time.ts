import type { Progress } from "./run.ts";

/** So many answers say something of the pace. */
const fewest = 5;

/**
 * Milliseconds until the last answer comes, by the pace of those that were asked for in the `elapsed` milliseconds between two moments; undefined before that can
 * be told. Answers that were kept say nothing of it.
 */
export function remainingTime(before: Progress, now: Progress, elapsed: number): number | undefined {
  const asked = askedFor(now) - askedFor(before);
  return asked < fewest ? undefined : (elapsed / asked) * (now.total - now.answered - now.failed);
}

function askedFor({ answered, failed, kept }: Progress): number {
  return answered + failed - kept;
}

import { confidence, type MetricKind } from "./comparison.ts";
import { pairedBootstrap } from "./statistics/bootstrap.ts";
import { wilsonInterval } from "./statistics/wilson.ts";

/** What one metric gave for the records of one candidate. */
export interface Mean {
  /** Records that the candidate answered and the metric is defined for. */
  readonly n: number;
  /** The share that is right, with Wilson's interval; or the mean score, or the share of records that share conversations, with the BCa bootstrap's. NaN without a record. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of what a metric gave where it gave something, with its interval at the level of every evaluation: where records share a conversation, the bootstrap's over whole conversations. */
export function meanOf(given: readonly (number | undefined)[], kind: MetricKind, conversations: readonly (string | undefined)[] = []): Mean {
  const known = given.flatMap((value, index) => (value === undefined ? [] : [{ value, conversation: conversations[index] ?? `record ${index}` }]));
  const values = known.map(({ value }) => value);
  const sum = values.reduce((total, value) => total + value, 0);
  const n = values.length;
  if (n === 0) return { n, mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  const clusters = known.map(({ conversation }) => conversation);
  const shared = new Set(clusters).size < n;
  if (kind === "pass-fail" && !shared) return { n, mean: sum / n, ...wilsonInterval({ successes: sum, n, confidence }) };
  const { low, high } = pairedBootstrap({ baseline: values.map(() => 0), candidate: values, confidence, ...(shared ? { clusters } : {}) });
  return { n, mean: sum / n, low, high };
}

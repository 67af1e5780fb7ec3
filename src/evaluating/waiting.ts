import { setTimeout } from "node:timers/promises";
import type { Waiting } from "../evaluation/adaptive-concurrency.ts";

/** The clock and the chance of this machine. */
export const waiting: Waiting = {
  // A signal of its own: Node warns of one that many listen to.
  pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal: AbortSignal.any([signal]) }).catch(() => signal.throwIfAborted()),
  random: Math.random,
};

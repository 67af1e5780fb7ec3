import { fingerprint } from "../fingerprint.ts";

/** Which records are kept back for validation. */
export interface HoldOut {
  /** The share of the records, between 0 and 1. */
  readonly share: number;
  /** Another seed keeps others back. */
  readonly seed: number;
}

/**
 * Whether a record is kept back, by its text alone: so the same records are kept back in every run, records that are added move no others, and records that
 * are the same stay together, because what is learned in one place must not be asked in the other.
 */
export function isHeldOut(line: string, { share, seed }: HoldOut): boolean {
  return Number.parseInt(fingerprint(`${seed}\n${line.trim()}`).slice(0, 8), 16) / 2 ** 32 < share;
}

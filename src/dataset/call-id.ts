import { fingerprint } from "./fingerprint.ts";

/** An id for a call in the one form that every provider takes, nine letters and digits; the same for the same seed, and none of those that are taken. */
export function newCallId(seed: string, taken: ReadonlySet<string>): string {
  for (let round = 0; ; round++) {
    const id = fingerprint(`${seed} ${round}`).slice(0, 9);
    if (!taken.has(id)) return id;
  }
}

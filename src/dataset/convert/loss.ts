/** A part of a record that the output cannot hold: its place in the record, and why, in words. */
export interface Loss {
  readonly path: string;
  readonly reason: string;
}

/** Tells a loss. */
export type Lose = (path: string, reason: string) => void;

/** A record that cannot be converted, whatever one is ready to lose; the message says why, for the user. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

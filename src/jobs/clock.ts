/** The port to time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `act` once after so many milliseconds; gives what takes that back. */
  after(milliseconds: number, act: () => void): () => void;
}

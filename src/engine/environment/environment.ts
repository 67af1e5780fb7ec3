/** Whether this machine can train, and what setting it up would take. */
export interface EnvironmentStatus {
  readonly ready: boolean;
  /** The Python to run the engine's scripts with when ready; otherwise the one that a set-up would start from. */
  readonly python?: string;
  /** What is missing, as a sentence for the user; absent when ready. */
  readonly missing?: string;
  /** What setting up would download, in words with sizes; empty when ready. */
  readonly downloads: string;
  /** Bytes that the environment takes on disk, or would take about. */
  readonly diskBytes: number;
}

/** The Python environment and the base model, kept in a cache folder per version. */
export interface Environment {
  status(): Promise<EnvironmentStatus>;
  /**
   * Installs what is missing, telling each step as one line; returns at once when nothing is. Stopped at any time, it leaves
   * nothing that a later set-up would take for complete. Throws `EnvironmentError` with a sentence for the user.
   */
  setUp(report: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** The environment's Python; throws `EnvironmentError` when it is not set up. */
  python(): Promise<string>;
  /** The folder of the base model `smollm2-135m-instruct`; throws `EnvironmentError` when it is not set up. */
  baseModel(): Promise<string>;
}

/** A failure of finding or setting up the environment; the message is a sentence for the user. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

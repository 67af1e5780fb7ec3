/** Something that a job left behind and that can be fetched: weights, a table of metrics, a log. */
export interface Artifact {
  /** Understood by the provider that gave it. */
  readonly id: string;
  readonly title: string;
  readonly kind: "model" | "adapter" | "checkpoint" | "metrics" | "log";
  /** A name for the file on disk, without folders. */
  readonly fileName: string;
  readonly bytes?: number;
}

/** Bytes on their way. Whoever stops reading ends the transfer; `content` rejects as the provider's members do. */
export interface Download {
  /** How many there are, where the server says it. */
  readonly bytes?: number;
  readonly content: AsyncIterable<Uint8Array>;
}

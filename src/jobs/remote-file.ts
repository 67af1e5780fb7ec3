/** A file that a provider keeps for the account. Times are milliseconds since 1970. */
export interface RemoteFile {
  readonly id: string;
  readonly name: string;
  readonly bytes?: number;
  readonly records?: number;
  readonly createdAt?: number;
  /** When the provider will delete it by itself. */
  readonly expiresAt?: number;
  /** What it is for, in the provider's own word: `fine-tune`, `fine-tune-results`. */
  readonly purpose?: string;
  /** `ready` can be trained on; an `unknown` state is shown raw. */
  readonly status?: "processing" | "ready" | "failed" | "unknown";
  readonly rawStatus?: string;
  /** What the provider says is wrong with it. */
  readonly problem?: string;
}

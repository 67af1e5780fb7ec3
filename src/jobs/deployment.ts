/** A tuned model that a provider keeps ready to answer. */
export interface Deployment {
  readonly id: string;
  /** The tuned model's id. */
  readonly model: string;
  /** `ready` answers; an `unknown` state is shown raw. */
  readonly status: "creating" | "ready" | "failed" | "removing" | "unknown";
  readonly rawStatus: string;
  /** What a chat request names, once it answers. */
  readonly chatModel?: string;
  /** Why it failed, or what it waits for. */
  readonly problem?: string;
}

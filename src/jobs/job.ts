import type { TuningMethod } from "./method.ts";
import type { Price } from "./price.ts";

/** The states of a job that every provider's own states map to; a state that Tunesmith does not know stays `unknown` and is shown raw. */
export type JobStatus =
  | "validating"
  | "queued"
  | "running"
  | "paused"
  | "cancelling"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "unknown";

/** Names one job of one provider. */
export interface JobReference {
  readonly provider: string;
  readonly job: string;
}

/** A fine-tuning job as it was when a provider was last asked: a snapshot, never changed. Times are milliseconds since 1970. */
export interface Job {
  readonly provider: string;
  readonly id: string;
  readonly status: JobStatus;
  /** The state in the provider's own word. */
  readonly rawStatus: string;
  readonly baseModel: string;
  /** The tuned model's id, once there is one. */
  readonly tunedModel?: string;
  readonly suffix?: string;
  readonly method?: TuningMethod;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly estimatedFinish?: number;
  /** How much is done, from 0 to 1, where the provider tells it of the job itself. */
  readonly done?: number;
  /** What it costs, or is expected to cost while it is unfinished. */
  readonly cost?: Price;
  /** Set where `cost` is what an unfinished job has cost until now, not what it is expected to. */
  readonly costSoFar?: true;
  /** Its page at the provider, for a browser. */
  readonly page?: string;
  readonly trainingFile: string;
  readonly validationFile?: string;
  readonly trainedTokens?: number;
  readonly seed?: number;
  readonly hyperparameters: Readonly<Record<string, string | number | boolean>>;
  /** What went with the job when it was created; by it a job is found again whose answer was lost. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly error?: { readonly code?: string; readonly message: string };
}

/** One line of a job's log. `metrics` holds numbers such as `step`, `train_loss`. */
export interface JobEvent {
  readonly id: string;
  readonly createdAt: number;
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A model saved during training. */
export interface Checkpoint {
  readonly id: string;
  readonly job: string;
  readonly createdAt: number;
  readonly step: number;
  /** What a chat request names. */
  readonly model: string;
  /** False for one that can only be gone on from or downloaded; `model` is what a new job names then. */
  readonly answers?: false;
  readonly metrics: Readonly<Record<string, number>>;
}

const finished: ReadonlySet<JobStatus> = new Set(["succeeded", "failed", "cancelled"]);

/** Whether nothing more will happen to the job. An unknown state may still change. */
export function isFinished(job: Pick<Job, "status">): boolean {
  return finished.has(job.status);
}

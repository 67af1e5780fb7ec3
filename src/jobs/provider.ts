import type { Checkpoint, Job, JobEvent } from "./job.ts";

/** What a job is started with. Numbers that are left out are the provider's own choice ("auto"). */
export interface LaunchRequest {
  readonly model: string;
  /** The provider's id of the uploaded training file. */
  readonly trainingFile: string;
  readonly validationFile?: string;
  readonly suffix?: string;
  readonly seed?: number;
  readonly hyperparameters: Readonly<Record<string, number>>;
  /** Goes with the job to the provider, so that a job whose answer was lost is found again by listing. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A dataset on disk that is to be uploaded. */
export interface UploadRequest {
  readonly path: string;
  readonly name: string;
}

export interface ProviderModel {
  readonly id: string;
  /** False for a model that another job made. */
  readonly base: boolean;
}

/**
 * The port to a service that fine-tunes. Optional members are its capabilities: where one is missing, nothing offers it.
 * Every method rejects with a ProviderError and with nothing else, but for the signal's own reason when it is aborted.
 */
export interface Provider {
  readonly id: string;
  /** What the tree shows. */
  readonly title: string;
  /** Newest first. */
  listJobs(signal: AbortSignal): Promise<readonly Job[]>;
  retrieveJob(id: string, signal: AbortSignal): Promise<Job>;
  /** Gives the provider's id of the file. */
  uploadFile(request: UploadRequest, signal: AbortSignal): Promise<string>;
  /** Is never retried blindly: a lost answer is reconciled by listing. */
  createJob(request: LaunchRequest, signal: AbortSignal): Promise<Job>;
  /** Base models first. */
  listModels?(signal: AbortSignal): Promise<readonly ProviderModel[]>;
  cancelJob?(id: string, signal: AbortSignal): Promise<Job>;
  /** Oldest first. */
  listEvents?(id: string, signal: AbortSignal): Promise<readonly JobEvent[]>;
  /** Newest first. */
  listCheckpoints?(id: string, signal: AbortSignal): Promise<readonly Checkpoint[]>;
}

export type ProviderErrorKind =
  | "unauthorised"
  | "forbidden"
  | "training-not-available"
  | "not-found"
  | "rate-limited"
  | "invalid"
  | "unreachable"
  | "unexpected";

/** The one type of error that crosses the port; callers choose by `kind`, never by the message, which is written for the user. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly kind: ProviderErrorKind;

  constructor(kind: ProviderErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

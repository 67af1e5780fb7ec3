import type { Account } from "./account.ts";
import type { Artifact, Download } from "./artifact.ts";
import type { Deployment } from "./deployment.ts";
import type { Checkpoint, Job, JobEvent } from "./job.ts";
import type { Json } from "./json.ts";
import type { TuningMethod } from "./method.ts";
import type { Machine } from "./machine.ts";
import type { MetricPoint } from "./metric-point.ts";
import type { PriceEstimate } from "./price.ts";
import type { RemoteFile } from "./remote-file.ts";
import type { HyperparameterValue, Tuning } from "./tuning.ts";
import type { UploadRequest, UploadState } from "./upload.ts";

export type { UploadRequest, UploadState } from "./upload.ts";

/** What a job is started with. Hyperparameters that are left out are the provider's own choice ("auto"). */
export interface LaunchRequest {
  readonly model: string;
  /** The provider's id of the uploaded training file. */
  readonly trainingFile: string;
  readonly validationFile?: string;
  readonly suffix?: string;
  readonly seed?: number;
  /** `sft` when it is left out. */
  readonly method?: TuningMethod;
  /** Under the provider's own names, as its `Tuning` lists them. */
  readonly hyperparameters: Readonly<Record<string, HyperparameterValue>>;
  /** What scores answers in `rft`, as the provider takes it. */
  readonly grader?: Readonly<Record<string, Json>>;
  /** Where else the training is to be followed. */
  readonly integrations?: readonly Integration[];
  /** On what it is to run, where the provider lets one choose: `flavor`, `timeout`. Under the provider's own names, as its `Tuning` lists them. */
  readonly compute?: Readonly<Record<string, string | number>>;
  /** Goes with the job to the provider, so that a job whose answer was lost is found again by listing. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A board at Weights & Biases. Its key is handed over with the request and kept nowhere. */
export interface Integration {
  readonly type: "wandb";
  readonly project: string;
  readonly name?: string;
  readonly entity?: string;
  readonly tags?: readonly string[];
  readonly apiKey?: string;
}

export interface ProviderModel {
  readonly id: string;
  /** False for a model that another job made. */
  readonly base: boolean;
  /** A name for people, where it has one besides its id. */
  readonly title?: string;
  /** Whether the provider says that it can be tuned; undefined where it says nothing, and `Tuning.isTunable` has to do. */
  readonly tunable?: boolean;
  /** By which methods, where the provider says it. */
  readonly methods?: readonly TuningMethod[];
  /** The last day on which it answers, YYYY-MM-DD. */
  readonly shutdownDate?: string;
  /** In tokens. */
  readonly contextLength?: number;
}

/** A part of a long list. */
export interface JobPage {
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** What asks for older ones; undefined at the end. Only the provider understands it. */
  readonly next?: string;
}

/**
 * The port to a service that fine-tunes. Optional members are its capabilities: where one is missing, nothing offers it.
 * Every method rejects with a ProviderError and with nothing else, but for the signal's own reason when it is aborted.
 */
export interface Provider {
  readonly id: string;
  /** What the tree shows. */
  readonly title: string;
  /** Newest first; of a long history only the newest some hundreds, see `listJobPage`. */
  listJobs(signal: AbortSignal): Promise<readonly Job[]>;
  retrieveJob(id: string, signal: AbortSignal): Promise<Job>;
  /** Gives the provider's id of the file. */
  uploadFile(request: UploadRequest, signal: AbortSignal): Promise<string>;
  /** Is never retried blindly: a lost answer is reconciled by listing. */
  createJob(request: LaunchRequest, signal: AbortSignal): Promise<Job>;

  /** The history page by page; begins at the newest without `after`. */
  listJobPage?(after: string | undefined, signal: AbortSignal): Promise<JobPage>;
  /** Base models first. */
  listModels?(signal: AbortSignal): Promise<readonly ProviderModel[]>;
  /** What can be chosen for one model, where the bounds hang on it. */
  tuningOf?(model: string, signal: AbortSignal): Promise<Tuning>;
  /** The machines that can be chosen, the cheapest first. */
  listMachines?(signal: AbortSignal): Promise<readonly Machine[]>;
  /** Whom the key belongs to. Rejects with the kind `unauthorised` when it is not accepted; costs nothing. */
  checkAccess?(signal: AbortSignal): Promise<Account>;
  /** What a job of this request would cost. Sends nothing that starts or bills. */
  estimatePrice?(request: Omit<LaunchRequest, "metadata">, signal: AbortSignal): Promise<PriceEstimate>;

  cancelJob?(id: string, signal: AbortSignal): Promise<Job>;
  pauseJob?(id: string, signal: AbortSignal): Promise<Job>;
  /** Goes on with a paused job, and where the provider can, with one that failed on the way. */
  resumeJob?(id: string, signal: AbortSignal): Promise<Job>;
  /** Removes the job from the provider's list. */
  deleteJob?(id: string, signal: AbortSignal): Promise<void>;

  /** Oldest first. */
  listEvents?(id: string, signal: AbortSignal): Promise<readonly JobEvent[]>;
  /** Events as they come, each once, from the first one on; ends with the job. */
  followEvents?(id: string, signal: AbortSignal): AsyncIterable<JobEvent>;
  /** Newest first. */
  listCheckpoints?(id: string, signal: AbortSignal): Promise<readonly Checkpoint[]>;
  /** By step, ascending, each step once; empty before the first is measured. */
  listMetrics?(id: string, signal: AbortSignal): Promise<readonly MetricPoint[]>;

  /** What can be fetched of a job now; empty while there is nothing. */
  listArtifacts?(id: string, signal: AbortSignal): Promise<readonly Artifact[]>;
  /** Begins to fetch one of them; `content` is read by the caller. */
  download?(id: string, artifact: string, signal: AbortSignal): Promise<Download>;

  /** Newest first. */
  listFiles?(signal: AbortSignal): Promise<readonly RemoteFile[]>;
  readFile?(id: string, signal: AbortSignal): Promise<Download>;
  /** Is no error for a file that is gone already. */
  deleteFile?(id: string, signal: AbortSignal): Promise<void>;
  /** Throws away what an upload that will not be gone on with has left. Is no error for one that the provider has forgotten. */
  discardUpload?(state: UploadState, signal: AbortSignal): Promise<void>;

  /** Tuned models that are kept ready to answer, for which the provider may bill. */
  listDeployments?(signal: AbortSignal): Promise<readonly Deployment[]>;
  /** Makes a tuned model answer. Is never retried blindly. */
  deployModel?(model: string, signal: AbortSignal): Promise<Deployment>;
  removeDeployment?(id: string, signal: AbortSignal): Promise<void>;
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
  /** Milliseconds after which the provider asks to be asked again, where it is busy and says so. */
  readonly retryAfter?: number;
  /** Whether the same request may succeed when it is sent again. */
  readonly passing?: boolean;

  constructor(kind: ProviderErrorKind, message: string, options?: { cause?: unknown; retryAfter?: number; passing?: boolean }) {
    super(message, options);
    this.kind = kind;
    if (options?.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options?.passing) this.passing = true;
  }
}

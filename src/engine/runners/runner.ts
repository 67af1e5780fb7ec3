/** Where a model's files are: a folder on this machine, or an id of the Hugging Face Hub that the runner downloads. */
export type ModelFiles = { readonly folder: string } | { readonly huggingFaceId: string };

/** One training run. Files and folders are absolute paths. */
export interface TrainingRequest {
  readonly model: ModelFiles;
  /** Chat records, one JSON object a line, UTF-8. */
  readonly trainingFile: string;
  readonly validationFile?: string;
  /** A folder of this run's own: checkpoints, adapter and log go here; made when missing. */
  readonly output: string;
  /** At least 1. */
  readonly epochs: number;
  /** Records per step, at least 1. */
  readonly batchSize: number;
  /** Times the runner's own base rate; 1 is a good start. */
  readonly learningRateMultiplier: number;
  readonly seed: number;
  /** Ends the training after this many steps, however many epochs that is. */
  readonly maxSteps?: number;
  /** The rank of the LoRA matrices; the runner's default when absent. */
  readonly loraRank?: number;
  /** Adapts the last so many layers only; all layers when absent. */
  readonly loraLayers?: number;
  /** A checkpoint's folder, from which the same run goes on. */
  readonly resumeFrom?: string;
}

export type TrainingEvent =
  | { readonly type: "stage"; readonly stage: string }
  | { readonly type: "plan"; readonly totalSteps: number }
  /** One step's figures: `train_loss`, `train_mean_token_accuracy`, `learning_rate`, `gradient_norm`, `epoch`, `tokens`; after an epoch with a validation file `full_valid_loss`, `full_valid_mean_token_accuracy`. */
  | { readonly type: "metrics"; readonly step: number; readonly totalSteps: number; readonly metrics: Readonly<Record<string, number>> }
  /** `folder` holds an adapter that answers, and what is needed to resume. */
  | { readonly type: "checkpoint"; readonly step: number; readonly folder: string; readonly metrics: Readonly<Record<string, number>> }
  | { readonly type: "done"; readonly adapter: string; readonly trainedTokens: number };

/**
 * What a training that failed says to its user. `code` is a word for programs: `invalid_model`, `invalid_training_file`,
 * `nothing_to_learn`, `out_of_memory`, `disk_full`, `process_ended`, `unexpected`.
 */
export class TrainingError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "TrainingError";
    this.code = code;
  }
}

/** A way to train: it turns a request into events, the last of which is `done`. */
export interface Runner {
  readonly id: string;
  /**
   * Trains in a process of its own. Throws `TrainingError` when the training fails, and the signal's reason when it is aborted;
   * either way, and when the caller stops listening, the process has ended before this returns.
   */
  train(request: TrainingRequest, signal: AbortSignal): AsyncIterable<TrainingEvent>;
}

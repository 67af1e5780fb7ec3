/** How a model learns, in OpenAI's words: from answers, or from pairs of a better and a worse answer. */
export const trainingMethods = ["supervised", "dpo"] as const;
export type TrainingMethod = (typeof trainingMethods)[number];

/** What one training run is made of. Paths are absolute; a model is a folder or a Hugging Face id. */
export interface TrainingRequest {
  readonly method: TrainingMethod;
  readonly model: string;
  readonly trainingFile: string;
  readonly validationFile?: string;
  /** Gets checkpoints and adapter. */
  readonly output: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRateMultiplier: number;
  readonly seed: number;
  /** How strongly a model that learns from pairs is held near the one that it starts from; of the method dpo alone. */
  readonly beta?: number;
  readonly maxSteps?: number;
  readonly loraRank?: number;
  readonly loraLayers?: number;
  readonly resumeFrom?: string;
}

export type TrainingEvent =
  | { readonly type: "stage"; readonly stage: string }
  | { readonly type: "plan"; readonly totalSteps: number }
  | { readonly type: "metrics"; readonly step: number; readonly totalSteps: number; readonly metrics: Readonly<Record<string, number>>; /** When it was, in milliseconds since 1970, where it is told late; now where it is left out. */ readonly at?: number }
  | { readonly type: "checkpoint"; readonly step: number; readonly folder: string; readonly metrics: Readonly<Record<string, number>> }
  | { readonly type: "done"; readonly adapter: string; readonly trainedTokens: number };

/** Why a training ended badly: `code` is for programs, the message for the user. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The port to a way to train. Rejects with a TrainingError; aborting ends the process and rejects with code `cancelled`. */
export interface Runner {
  readonly id: string;
  train(request: TrainingRequest, report: (event: TrainingEvent) => void, signal: AbortSignal): Promise<void>;
}

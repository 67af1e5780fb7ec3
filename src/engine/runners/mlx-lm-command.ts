import { TrainingError, type TrainingRequest } from "./runner.ts";

/** What the files of a training hold, as far as the command depends on it. */
export interface MlxLmData {
  /** The folder with `train.jsonl` and `valid.jsonl`. */
  readonly folder: string;
  readonly trainingRecords: number;
  readonly validationRecords: number;
}

/** How mlx-lm is called. */
export interface MlxLmCommand {
  /** Of `python -m`. */
  readonly parameters: readonly string[];
  /** What `config` has to hold, in JSON, which is YAML too. */
  readonly configuration: object;
  readonly totalSteps: number;
  /** After so many steps there is a checkpoint, and the validation file is measured. */
  readonly stepsPerEpoch: number;
  readonly learningRate: number;
}

/** The learning rate of multiplier 1 at mlx-lm's own scale of 20: 2e-4 was seen to be safe with SmolLM2-135M, and 1e-3 to diverge. */
const baseLearningRate = 2e-4;
const usualRank = 8;
/** mlx-lm's own. */
const scale = 20;
/** As many tokens of a record as TRL is given, for the same record to mean the same. */
const longestRecord = 4096;

/**
 * The call of `mlx_lm lora` for a request; `config` is the file for its configuration, `adapter` the folder for its weights, and `done` the steps that were trained before.
 * A step is one batch, of which mlx-lm makes no incomplete ones, so a batch is no larger than the files. Throws a TrainingError for what mlx-lm does not do.
 * Source: mlx_lm/lora.py and mlx_lm/tuner/trainer.py of mlx-lm 0.32.
 */
export function mlxLmCommand(request: TrainingRequest, data: MlxLmData, { config, adapter, resumeFile, done = 0 }: { config: string; adapter: string; resumeFile?: string; done?: number }): MlxLmCommand {
  if (request.method !== "supervised") throw new TrainingError("method_not_supported", `mlx-lm trains with the method supervised only, not with ${request.method}. Start the engine with --runner trl for that, or choose the method supervised.`);
  const batchSize = Math.min(request.batchSize, data.trainingRecords, data.validationRecords || data.trainingRecords);
  const stepsPerEpoch = Math.max(1, Math.floor(data.trainingRecords / batchSize));
  const totalSteps = request.maxSteps ?? request.epochs * stepsPerEpoch;
  const learningRate = baseLearningRate * request.learningRateMultiplier;
  const parameters = [
    "mlx_lm", "lora", "--train", "--model", request.model, "--data", data.folder, "--fine-tune-type", "lora", "--mask-prompt",
    "--iters", String(totalSteps - done), "--batch-size", String(batchSize), "--num-layers", String(request.loraLayers ?? -1),
    "--learning-rate", String(learningRate), "--max-seq-length", String(longestRecord), "--seed", String(request.seed),
    "--steps-per-report", "1", "--steps-per-eval", String(stepsPerEpoch), "--val-batches", "-1", "--save-every", String(stepsPerEpoch),
    "--adapter-path", adapter, "--config", config,
  ];
  if (resumeFile !== undefined) parameters.push("--resume-adapter-file", resumeFile);
  return { parameters, configuration: { lora_parameters: { rank: request.loraRank ?? usualRank, dropout: 0, scale } }, totalSteps, stepsPerEpoch, learningRate };
}

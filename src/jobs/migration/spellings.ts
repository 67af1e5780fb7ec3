import type { HyperparameterValue } from "../tuning.ts";

/** What a hyperparameter means wherever it is called what it is called. */
export type Meaning =
  | "epochs" | "steps" | "batch" | "accumulation" | "rate" | "rank" | "alpha" | "dropout" | "warmup" | "decay" | "clip" | "context" | "beta" | "packing" | "schedule" | "adapter" | "answers-only" | "last-rate";

/** How a service spells a meaning, and how its value is read and written where it is not the value itself. */
export interface Spelling {
  readonly meaning: Meaning;
  /** A rate that is a multiple of the service's usual one. */
  readonly relative?: true;
  /** Undefined for a value that means nothing elsewhere. */
  readonly read?: (value: HyperparameterValue) => HyperparameterValue | undefined;
  readonly write?: (value: HyperparameterValue) => HyperparameterValue | undefined;
}

const same = (meaning: Meaning): Spelling => ({ meaning });
const negated = (value: HyperparameterValue): HyperparameterValue | undefined => (typeof value === "boolean" ? !value : undefined);

/**
 * Names of hyperparameters by what they mean. A name that is not here has no counterpart anywhere. Sources: the `tuning.ts` of each provider, whose own sources
 * are OpenAI's specification, Together's specification and SDK, Fireworks' SDK, Nebius' reference, and TRL's and PEFT's configurations, as of November 2026.
 */
export const spellings: Readonly<Record<string, Spelling>> = {
  // OpenAI, Azure, Nebius, Together, the local engine; Fireworks; TRL.
  n_epochs: same("epochs"), epochs: same("epochs"), num_train_epochs: same("epochs"),
  max_steps: same("steps"),
  // Records of one step. Fireworks' `batchSize` counts tokens, and so is none of these.
  batch_size: same("batch"), batchSizeSamples: same("batch"), per_device_train_batch_size: same("batch"),
  // Batches of one step: with it, a step learns from the product.
  gradient_accumulation_steps: same("accumulation"), gradientAccumulationSteps: same("accumulation"),
  // OpenAI and the local engine multiply a rate that they do not tell; everywhere else it is the rate itself.
  learning_rate_multiplier: { meaning: "rate", relative: true }, learning_rate: same("rate"), learningRate: same("rate"),
  lora_rank: same("rank"), lora_r: same("rank"),
  // Fireworks' 0 trains all weights.
  loraRank: { meaning: "rank", read: (value) => (value === 0 ? undefined : value) },
  lora_alpha: same("alpha"), lora_dropout: same("dropout"),
  warmup_ratio: same("warmup"), weight_decay: same("decay"), optimizerWeightDecay: same("decay"), max_grad_norm: same("clip"), min_lr_ratio: same("last-rate"),
  max_seq_length: same("context"), context_length: same("context"), max_length: same("context"),
  // Fireworks takes multiples of 16.
  maxContextLength: { meaning: "context", write: (value) => (typeof value === "number" ? Math.floor(value / 16) * 16 : undefined) },
  // How strongly DPO holds the model near its base, in the paper's own letter everywhere. Fireworks' `klBeta` is another term.
  beta: same("beta"), dpo_beta: same("beta"),
  packing: same("packing"), lr_scheduler_type: same("schedule"),
  lora: same("adapter"), use_peft: same("adapter"),
  training_type: { meaning: "adapter", read: (value) => (value === "Lora" ? true : value === "Full" ? false : undefined), write: (value) => (value === true ? "Lora" : "Full") },
  assistant_only_loss: same("answers-only"), train_on_inputs: { meaning: "answers-only", read: negated, write: negated },
};

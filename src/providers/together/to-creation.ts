import { ProviderError, type LaunchRequest } from "../../jobs/provider.ts";
import type { HyperparameterValue } from "../../jobs/tuning.ts";
import { given } from "../wire/given.ts";

type Values = Readonly<Record<string, HyperparameterValue>>;

/** Which names stand where in the body; all others stand at its top. */
const sft = ["train_on_inputs"] as const;
const dpo = ["dpo_beta", "rpo_alpha", "simpo_gamma", "dpo_normalize_logratios_by_length", "dpo_reference_free"] as const;
const lora = ["lora_r", "lora_alpha", "lora_dropout", "lora_trainable_modules"] as const;
const scheduler = ["min_lr_ratio", "num_cycles"] as const;
const elsewhere: ReadonlySet<string> = new Set([...sft, ...dpo, ...lora, ...scheduler, "lr_scheduler_type", "training_type", "train_vision"]);

/**
 * The body that starts a job, from hyperparameters that lie flat. A model whose name begins with `ft-` is a job or one of its checkpoints to go on from.
 * Together keeps no metadata. Throws a ProviderError of the kind `invalid` for what Together has no place for. Source: Together's specification,
 * `POST /fine-tunes`, and the rules of its SDK.
 */
export function toCreation({ trainingFile, validationFile, suffix, seed, hyperparameters, integrations, ...request }: Omit<LaunchRequest, "metadata">) {
  const [board] = integrations ?? [];
  const vision = hyperparameters["train_vision"];
  return given({
    ...toEstimate({ trainingFile, hyperparameters, ...(validationFile === undefined ? {} : { validationFile }), ...request }),
    ...Object.fromEntries(Object.entries(hyperparameters).filter(([name]) => !elsewhere.has(name))),
    lr_scheduler: toScheduler(hyperparameters),
    multimodal_params: vision === undefined ? undefined : { train_vision: vision },
    random_seed: seed,
    suffix,
    ...(board ? given({ wandb_api_key: board.apiKey, wandb_project_name: board.project, wandb_name: board.name, wandb_entity: board.entity }) : {}),
  });
}

/** The body that asks for a price. Source: Together's specification, `POST /fine-tunes/estimate-price`. */
export function toEstimate({ model, trainingFile, validationFile, method = "sft", hyperparameters }: Pick<LaunchRequest, "model" | "trainingFile" | "validationFile" | "method" | "hyperparameters">) {
  return given({
    training_file: trainingFile,
    validation_file: validationFile,
    ...(model.startsWith("ft-") ? { from_checkpoint: model } : { model }),
    n_epochs: hyperparameters["n_epochs"],
    n_evals: hyperparameters["n_evals"],
    training_method: toMethod(method, hyperparameters),
    training_type: toType(hyperparameters),
  });
}

function toMethod(method: NonNullable<LaunchRequest["method"]>, values: Values) {
  if (method === "rft") throw new ProviderError("invalid", "Together has no reinforcement fine-tuning. It takes the methods sft and dpo.");
  if (method === "sft") return { method, train_on_inputs: values["train_on_inputs"] ?? "auto" };
  return { method, ...pick(values, dpo) };
}

/** Left out, Together trains an adapter of its own choice. */
function toType(values: Values) {
  if (values["training_type"] === "Full") return { type: "Full" };
  const chosen = pick(values, lora);
  if (Object.keys(chosen).length === 0) return undefined;
  const alpha = chosen["lora_alpha"];
  const rank = chosen["lora_r"] ?? (typeof alpha === "number" ? Math.max(1, Math.round(alpha / 2)) : undefined);
  if (typeof rank !== "number") throw new ProviderError("invalid", "Together takes settings of the adapter only with its rank. Set lora_r too.");
  // The SDK's own default.
  return { type: "Lora", ...chosen, lora_r: rank, lora_alpha: alpha ?? rank * 2 };
}

function toScheduler(values: Values) {
  const args = pick(values, scheduler);
  const type = values["lr_scheduler_type"];
  if (type === undefined && Object.keys(args).length === 0) return undefined;
  const cosine = type !== "linear";
  // A cosine takes both or none.
  return given({ lr_scheduler_type: type ?? "cosine", lr_scheduler_args: Object.keys(args).length === 0 ? undefined : cosine ? { min_lr_ratio: 0, num_cycles: 0.5, ...args } : pick(args, ["min_lr_ratio"]) });
}

function pick(values: Values, names: readonly string[]): Record<string, HyperparameterValue> {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}

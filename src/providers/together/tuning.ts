import * as z from "zod";
import type { Choice, Hyperparameter, MethodTuning, Tuning } from "../../jobs/tuning.ts";

const whole = (name: string, title: string, explanation: string, minimum: number, maximum: number, usual: string): Hyperparameter => ({ name, title, explanation, minimum, maximum, whole: true, usual });
const number = (name: string, title: string, explanation: string, minimum: number, maximum: number, usual: string): Hyperparameter => ({ name, title, explanation, minimum, maximum, whole: false, usual });

/** The bounds of a model. Numbers that the service leaves out are what no model goes beyond. */
interface Bounds {
  readonly epochs: number;
  readonly evaluations: number;
  readonly checkpoints: number;
  readonly rate: readonly [least: number, most: number];
  readonly batch: readonly [least: number, most: number];
  readonly batchDpo: number;
  readonly rank: number;
  readonly usualRank: string;
  readonly full: boolean;
  readonly vision: boolean;
}

const widest: Bounds = { epochs: 20, evaluations: 100, checkpoints: 100, rate: [1e-8, 0.01], batch: [1, 1024], batchDpo: 1024, rank: 128, usualRank: "the model's own", full: true, vision: true };

function shared({ epochs, evaluations, checkpoints, rate, batch, rank, usualRank }: Bounds): readonly Hyperparameter[] {
  return [
    whole("n_epochs", "Epochs", "How often the whole dataset is learned.", 1, epochs, "1"),
    whole("batch_size", "Batch size", "How many records one step learns from.", batch[0], batch[1], "the most that the model takes"),
    { ...number("learning_rate", "Learning rate", "How large the steps are: the rate itself, no multiplier.", rate[0], rate[1], "0.00001"), usualNumber: 1e-5 },
    whole("lora_r", "LoRA rank", "How much the adapter can hold; a higher rank learns more.", 1, rank, usualRank),
    whole("lora_alpha", "LoRA alpha", "How strongly the adapter counts.", 1, 1024, "twice the rank"),
    number("lora_dropout", "LoRA dropout", "How much of the adapter is left out at random in each step.", 0, 0.99, "0"),
    number("warmup_ratio", "Warm-up", "The part of the steps over which the learning rate rises.", 0, 1, "0"),
    number("weight_decay", "Weight decay", "How strongly large weights are held back.", 0, 10, "0"),
    number("max_grad_norm", "Gradient limit", "Where gradients are cut off; 0 leaves them.", 0, 1000, "1"),
    number("min_lr_ratio", "Last learning rate", "The last learning rate as a part of the highest.", 0, 1, "0"),
    whole("n_checkpoints", "Checkpoints", "How many states are kept on the way.", 1, checkpoints, "1"),
    whole("n_evals", "Evaluations", "How often the validation file is measured.", 0, evaluations, "0"),
    whole("max_seq_length", "Sequence length", "How many tokens of a record are learned; what is longer is cut.", 1, 1_048_576, "the model's own"),
  ];
}

function choices({ full, vision }: Bounds): readonly Choice[] {
  return [
    { name: "training_type", title: "Training type", explanation: "Whether an adapter is trained, or all weights.", values: full ? ["Lora", "Full"] : ["Lora"], usual: "Lora" },
    { name: "lora_trainable_modules", title: "LoRA modules", explanation: "Which layers have an adapter, separated by commas.", values: ["all-linear"], open: true, usual: "all-linear" },
    { name: "lr_scheduler_type", title: "Schedule", explanation: "How the learning rate falls.", values: ["cosine", "linear"], usual: "cosine" },
    { name: "packing", title: "Packing", explanation: "Whether short records share a sequence, which is faster.", values: [true, false], usual: "true" },
    ...(vision ? [{ name: "train_vision", title: "Vision encoder", explanation: "Whether the part that sees images learns too.", values: [true, false], usual: "false" }] : []),
  ];
}

function methods(bounds: Bounds): readonly MethodTuning[] {
  return [
    {
      method: "sft", hyperparameters: shared(bounds),
      choices: [...choices(bounds), { name: "train_on_inputs", title: "Learn questions too", explanation: "Whether the user's words are learned besides the assistant's.", values: ["auto", true, false], usual: "auto" }],
    },
    {
      method: "dpo",
      hyperparameters: [
        ...shared({ ...bounds, batch: [bounds.batch[0], bounds.batchDpo] }),
        number("dpo_beta", "Beta", "How strongly the tuned model is held near the base model.", 0.0001, 10, "0.1"),
        number("rpo_alpha", "RPO alpha", "How much the preferred answer is learned for itself besides.", 0, 100, "0"),
        number("simpo_gamma", "SimPO gamma", "By how much the preferred answer has to lead.", 0, 100, "0"),
      ],
      choices: [
        ...choices(bounds),
        { name: "dpo_normalize_logratios_by_length", title: "Per token", explanation: "Whether long answers count no more than short ones.", values: [true, false], usual: "false" },
        { name: "dpo_reference_free", title: "Without reference", explanation: "Whether it trains without the base model beside it.", values: [true, false], usual: "false" },
      ],
    },
  ];
}

function toTuning(bounds: Bounds): Tuning {
  return {
    hyperparameters: shared(bounds),
    methods: methods(bounds),
    presets: [{ id: "usual", title: "The service's own choice", detail: "One epoch on an adapter, at a learning rate of 0.00001.", hyperparameters: {} }],
    longestSuffix: 40,
    destination: "The dataset is uploaded to Together.",
    price: "Together bills the tokens that it trains on and evaluates, and tells the price before the job begins.",
  };
}

/** Together, for a model that is not chosen yet. Source: Together's specification and the rules of its SDK, as of November 2026. */
export const togetherTuning: Tuning = toTuning(widest);

const count = z.number().optional().catch(undefined);
const training = z.object({ max_batch_size: count, max_batch_size_dpo: count, min_batch_size: count, max_rank: count, default_rank: count }).optional().catch(undefined);
const limits = z.object({
  full_training: training, lora_training: training, max_num_epochs: count, max_num_evals: count, max_num_checkpoints: count, max_learning_rate: count, min_learning_rate: count,
  supports_vision: z.boolean().optional().catch(undefined), supports_full_training: z.boolean().optional().catch(undefined),
});

/** What can be chosen for one model; undefined when the answer holds no limits. Source: Together's specification, `FineTuneModelLimits`. */
export function toModelTuning(answer: unknown): Tuning | undefined {
  const read = limits.safeParse(answer);
  if (!read.success) return undefined;
  const { full_training: full, lora_training: lora, ...data } = read.data;
  const kinds = [full, lora].filter((kind) => kind !== undefined);
  // What is reported as zero is not offered at all.
  const most = (pick: (kind: NonNullable<typeof lora>) => number | undefined, otherwise: number): number => Math.max(0, ...kinds.map((kind) => pick(kind) ?? 0)) || otherwise;
  const least = kinds.map(({ min_batch_size: size }) => size ?? 0).filter((size) => size > 0);
  return toTuning({
    epochs: data.max_num_epochs ?? widest.epochs,
    evaluations: data.max_num_evals ?? widest.evaluations,
    checkpoints: data.max_num_checkpoints ?? widest.checkpoints,
    rate: [data.min_learning_rate ?? widest.rate[0], data.max_learning_rate ?? widest.rate[1]],
    batch: [least.length === 0 ? widest.batch[0] : Math.min(...least), most(({ max_batch_size: size }) => size, widest.batch[1])],
    batchDpo: most(({ max_batch_size_dpo: size }) => size, widest.batchDpo),
    rank: lora?.max_rank || widest.rank,
    usualRank: lora?.default_rank ? String(lora.default_rank) : lora?.max_rank ? `${lora.max_rank}, the model's highest` : widest.usualRank,
    full: data.supports_full_training ?? full !== undefined,
    vision: data.supports_vision ?? widest.vision,
  });
}

import type { Choice, Hyperparameter, Tuning } from "../../jobs/tuning.ts";
import { toMethods } from "./methods.ts";
import { compatibleTuning } from "./tuning.ts";

const trainingType: Choice = { name: "trainingType", title: "Training type", explanation: "Where Azure trains: in the resource's region, wherever there is room (cheaper), or on spare capacity (cheapest, may be interrupted).", values: ["standard", "globalStandard", "developer"], usual: "standard; open-weight models take globalStandard only" };

/** Azure OpenAI and Microsoft Foundry. Source: Microsoft's guide to fine-tuning in Foundry and its quotas and limits, as of November 2026. */
export const azureTuning: Tuning = {
  ...compatibleTuning,
  methods: toMethods(compatibleTuning.hyperparameters),
  compute: { numbers: [], choices: [trainingType] },
  longestSuffix: 40,
  destination: "The dataset is uploaded to your Azure resource.",
  price: "Azure bills the tokens that it trains on, by region and training type, and the hours that a tuned model is deployed. Reinforcement fine-tuning pauses by itself at 5,000 dollars.",
  // Azure says of each model whether it can be tuned.
  isTunable: () => true,
};

const whole = (name: string, title: string, explanation: string, minimum: number, maximum: number, usual: string): Hyperparameter => ({ name, title, explanation, minimum, maximum, whole: true, usual });
const number = (name: string, title: string, explanation: string, minimum: number, maximum: number, usual: string): Hyperparameter => ({ name, title, explanation, minimum, maximum, whole: false, usual });

const nebiusHyperparameters: readonly Hyperparameter[] = [
  whole("n_epochs", "Epochs", "How often the whole dataset is learned.", 1, 50, "3"),
  whole("batch_size", "Batch size", "How many records one step learns from.", 1, 1024, "8"),
  { ...number("learning_rate", "Learning rate", "How large the steps are: the rate itself, no multiplier.", 1e-8, 1, "0.00001"), usualNumber: 1e-5 },
  number("warmup_ratio", "Warm-up", "The part of the steps over which the learning rate rises.", 0, 1, "0"),
  number("weight_decay", "Weight decay", "How strongly large weights are held back.", 0, 1, "0"),
  number("max_grad_norm", "Gradient limit", "Where gradients are cut off.", 0, 1000, "1"),
  whole("context_length", "Context length", "How many tokens of a record are learned; what is longer is cut.", 1024, 131_072, "8192"),
  whole("lora_r", "LoRA rank", "How much the adapter can hold.", 1, 256, "8"),
  whole("lora_alpha", "LoRA alpha", "How strongly the adapter counts.", 1, 512, "8"),
  number("lora_dropout", "LoRA dropout", "How much of the adapter is left out at random in each step.", 0, 0.99, "0"),
];

/** Nebius Token Factory. Source: its reference of fine-tuning, as of November 2026; it names defaults and few bounds, the others are what makes sense. */
export const nebiusTuning: Tuning = {
  hyperparameters: nebiusHyperparameters,
  methods: [{
    method: "sft", hyperparameters: nebiusHyperparameters, choices: [
      { name: "lora", title: "LoRA", explanation: "Whether an adapter is trained instead of all weights.", values: [true, false], usual: "false" },
      { name: "packing", title: "Packing", explanation: "Whether short records share a sequence, which is faster.", values: [true, false], usual: "true" },
    ],
  }],
  presets: [{ id: "usual", title: "The service's own choice", detail: "3 epochs at a learning rate of 0.00001 on all weights.", hyperparameters: {} }],
  destination: "The dataset is uploaded to Nebius.",
  price: "Nebius bills the tokens that it trains on, at the model's current price.",
};

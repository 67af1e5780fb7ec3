import { defaultEpochs } from "../../dataset/insight/default-epochs.ts";
import type { Hyperparameter, Tuning } from "../../jobs/tuning.ts";
import { beta, toMethods } from "./methods.ts";
import { openAiPrices } from "./prices.ts";

/** Bounds of OpenAI's specification, `CreateFineTuningJobRequest`. */
const epochs: Hyperparameter = { name: "n_epochs", title: "Epochs", explanation: "How often the whole dataset is learned.", minimum: 1, maximum: 50, whole: true, usual: "the service's own rule: 3, and more for fewer than 34 records" };
const batchSize: Hyperparameter = { name: "batch_size", title: "Batch size", explanation: "How many records one step learns from.", minimum: 1, maximum: 256, whole: true, usual: "the service's own choice" };
const learningRate: Hyperparameter = { name: "learning_rate_multiplier", title: "Learning rate multiplier", explanation: "How large the steps are, as a multiple of the service's usual size.", minimum: 0.001, maximum: 100, whole: false, usual: "1" };

/** OpenAI itself. */
export const openAiTuning: Tuning = {
  hyperparameters: [epochs, batchSize, learningRate],
  methods: toMethods([epochs, batchSize, learningRate]),
  presets: [{ id: "usual", title: "The service's own choice", detail: "Epochs, batch size and learning rate as the service finds best for this dataset.", hyperparameters: {} }],
  destination: "The dataset is uploaded to the service.",
  price: "The service bills the tokens that it trains on, at its current price.",
  prices: openAiPrices,
  source: "https://platform.openai.com/docs/api-reference/fine-tuning/create",
  defaultEpochs,
  integrations: ["wandb"],
  // As of November 2026; what comes from a tuned model starts with `ft:` and is listed apart. Source: OpenAI's guide to supervised fine-tuning.
  isTunable: (model) => /^(gpt-4o(-mini)?|gpt-4\.1(-mini|-nano)?)-\d{4}-\d{2}-\d{2}$/.test(model),
};

const { prices: _ownPrices, ...withoutPrices } = openAiTuning;

/** Whatever else speaks OpenAI's API, and has models and prices of its own. */
export const compatibleTuning: Tuning = { ...withoutPrices, isTunable: () => true };

const localHyperparameters: readonly Hyperparameter[] = [
  { ...epochs, usual: "3, and more for fewer than 34 records" },
  { ...batchSize, usual: "4" },
  learningRate,
  { name: "max_steps", title: "Steps", explanation: "Ends the training after so many steps, whatever the epochs say.", minimum: 1, maximum: 1_000_000, whole: true, usual: "as many as the epochs take" },
  { name: "lora_rank", title: "LoRA rank", explanation: "How much the adapter can hold; a higher rank learns more and takes more memory.", minimum: 1, maximum: 256, whole: true, usual: "8" },
  { name: "lora_layers", title: "LoRA layers", explanation: "How many of the last layers learn; fewer are faster.", minimum: 1, maximum: 1000, whole: true, usual: "all" },
];

/** The local engine, with the extensions that src/engine/README.md names. */
export const localEngineTuning: Tuning = {
  hyperparameters: localHyperparameters,
  methods: [
    { method: "sft", hyperparameters: localHyperparameters, choices: [] },
    { method: "dpo", hyperparameters: [...localHyperparameters, { ...beta, usual: "0.1" }], choices: [] },
  ],
  presets: [
    { id: "quick", title: "Quick", detail: "60 steps on the last 8 layers: 2 to 3 minutes for short records on two cores.", hyperparameters: { max_steps: 60, batch_size: 4, lora_layers: 8, learning_rate_multiplier: 2 } },
    { id: "standard", title: "Standard", detail: "100 steps on all layers: 4 to 6 minutes for short records on two cores.", hyperparameters: { max_steps: 100, batch_size: 4 } },
    { id: "thorough", title: "Thorough", detail: "3 epochs on all layers: as long as the dataset takes.", hyperparameters: { n_epochs: 3, batch_size: 4 } },
  ],
  compute: {
    numbers: [
      { name: "cpus", title: "Processor cores", explanation: "How many cores of each node the cluster is to keep free for the training.", minimum: 1, maximum: 4096, whole: true, usual: "1" },
      { name: "gpus", title: "Graphics cards", explanation: "How many graphics cards of each node the cluster is to keep free for the training; all of them share each batch, whose size is a multiple of their number.", minimum: 0, maximum: 64, whole: true, usual: "none" },
      { name: "nodes", title: "Nodes", explanation: "How many nodes of the cluster train together; they share each batch, and have to reach one another.", minimum: 1, maximum: 64, whole: true, usual: "1" },
    ],
    choices: [],
  },
  defaultEpochs,
  free: true,
  // `LONGEST_RECORD` of src/engine/python/train.py.
  longestRecord: 4096,
  // Measured with the presets on two cores without a graphics card, short records, LoRA on 8 layers to all layers; with a graphics card it is many times faster.
  paceOf: (model) => (/smollm2-135m/i.test(model) ? { tokensPerSecond: { least: 80, most: 400 }, basis: "as measured on two cores without a graphics card" } : undefined),
  destination: "The dataset stays on this machine.",
  price: "It costs nothing but electricity. The processor or graphics card is busy meanwhile; it can be cancelled at any time.",
};

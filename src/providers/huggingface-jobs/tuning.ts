import type { Choice, Hyperparameter, Tuning } from "../../jobs/tuning.ts";

const whole = (name: string, title: string, explanation: string, minimum: number, maximum: number, usual: string): Hyperparameter => ({ name, title, explanation, minimum, maximum, whole: true, usual });
const number = (name: string, title: string, explanation: string, minimum: number, maximum: number, usual: string): Hyperparameter => ({ name, title, explanation, minimum, maximum, whole: false, usual });

const training: readonly Hyperparameter[] = [
  whole("num_train_epochs", "Epochs", "How often the whole dataset is learned.", 1, 100, "3"),
  whole("per_device_train_batch_size", "Batch size", "How many records each graphics card learns from at once.", 1, 1024, "8"),
  whole("gradient_accumulation_steps", "Gradient accumulation", "How many batches one step gathers.", 1, 1024, "1"),
  // Without more said, an adapter is trained.
  { ...number("learning_rate", "Learning rate", "How large the steps are: the rate itself, no multiplier.", 1e-8, 1, "0.00002 for all weights; 0.0002 suits an adapter"), usualNumber: 2e-4 },
  whole("max_steps", "Steps", "Ends the training after so many steps, whatever the epochs say.", 1, 1_000_000, "as many as the epochs take"),
  whole("max_length", "Sequence length", "How many tokens of a record are learned; what is longer is cut.", 16, 1_048_576, "1024"),
  number("warmup_ratio", "Warm-up", "The part of the steps over which the learning rate rises.", 0, 1, "0"),
  number("weight_decay", "Weight decay", "How strongly large weights are held back.", 0, 10, "0"),
  number("max_grad_norm", "Gradient limit", "Where gradients are cut off.", 0, 1000, "1"),
  whole("lora_r", "LoRA rank", "How much the adapter can hold; a higher rank learns more.", 1, 512, "16"),
  whole("lora_alpha", "LoRA alpha", "How strongly the adapter counts.", 1, 1024, "twice the rank"),
  number("lora_dropout", "LoRA dropout", "How much of the adapter is left out at random in each step.", 0, 0.99, "0"),
];
const choices: readonly Choice[] = [
  { name: "use_peft", title: "Adapter", explanation: "Whether an adapter is trained instead of all weights.", values: [true, false], usual: "true" },
  { name: "lr_scheduler_type", title: "Schedule", explanation: "How the learning rate falls.", values: ["linear", "cosine", "constant"], usual: "linear" },
  { name: "gradient_checkpointing", title: "Gradient checkpointing", explanation: "Whether memory is saved at the price of time.", values: [true, false], usual: "true" },
];

/** Minutes after which a job is ended, where none are chosen; the service itself would end it after half an hour. */
export const usualTimeout = 180;
/** The machine where none is chosen: the least with a graphics card of 24 GB. */
export const usualFlavor = "a10g-small";

/** TRL on machines of Hugging Face. Source: TRL's configurations and Hugging Face's client, as of November 2026. */
export const huggingFaceTuning: Tuning = {
  hyperparameters: training,
  methods: [
    {
      method: "sft", hyperparameters: training,
      choices: [
        ...choices,
        { name: "assistant_only_loss", title: "Answers only", explanation: "Whether the assistant's words alone are learned; the model's chat template has to mark them.", values: [true, false], usual: "false" },
        { name: "packing", title: "Packing", explanation: "Whether short records share a sequence, which is faster.", values: [true, false], usual: "false" },
      ],
    },
    { method: "dpo", hyperparameters: [...training, number("beta", "Beta", "How strongly the tuned model is held near the base model.", 0.0001, 10, "0.1")], choices },
  ],
  compute: {
    numbers: [whole("timeout", "Time limit in minutes", "When the job is ended, whatever it has reached: it bounds the price.", 1, 10_080, `${usualTimeout}`)],
    choices: [{ name: "flavor", title: "Machine", explanation: "On what it trains; each has its price by the minute.", values: ["t4-small", "l4x1", "a10g-small", "a10g-large", "l40sx1", "a100-large", "h200"], open: true, usual: usualFlavor }],
  },
  presets: [{ id: "usual", title: "An adapter by TRL's own settings", detail: "Three epochs on an adapter of rank 16.", hyperparameters: { num_train_epochs: 3, learning_rate: 0.0002 } }],
  longestSuffix: 64,
  destination: "The dataset is uploaded to a private dataset of yours on the Hub, and the tuned model is saved as a private model of yours there.",
  price: "Hugging Face bills the machine by the minute, from its start to the job's end or its time limit.",
};

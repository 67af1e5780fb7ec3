import type { Choice, Hyperparameter, Tuning } from "../../jobs/tuning.ts";

const whole = (name: string, title: string, explanation: string, minimum: number, maximum: number, usual: string): Hyperparameter => ({ name, title, explanation, minimum, maximum, whole: true, usual });
const number = (name: string, title: string, explanation: string, minimum: number, maximum: number, usual: string): Hyperparameter => ({ name, title, explanation, minimum, maximum, whole: false, usual });

const training: readonly Hyperparameter[] = [
  whole("epochs", "Epochs", "How often the whole dataset is learned.", 1, 100, "1"),
  { ...number("learningRate", "Learning rate", "How large the steps are: the rate itself, no multiplier.", 1e-8, 1, "0.0001"), usualNumber: 1e-4 },
  whole("loraRank", "LoRA rank", "How much the adapter can hold; a higher rank learns more.", 0, 128, "8"),
  whole("batchSize", "Batch size in tokens", "How many tokens one step learns from, packed.", 1024, 1_048_576, "the model's own"),
  whole("batchSizeSamples", "Batch size", "How many records one step learns from.", 1, 1024, "as many as the tokens allow"),
  whole("maxContextLength", "Context length", "How many tokens of a record are learned, a multiple of 16; what is longer is cut.", 16, 1_048_576, "the model's own"),
  whole("gradientAccumulationSteps", "Gradient accumulation", "How many batches one step gathers.", 1, 1024, "1"),
  whole("learningRateWarmupSteps", "Warm-up", "The steps over which the learning rate rises.", 0, 100_000, "0"),
  number("optimizerWeightDecay", "Weight decay", "How strongly large weights are held back.", 0, 10, "0"),
];
const carveOut: Choice = { name: "evalAutoCarveout", title: "Keep records back", explanation: "Whether the service keeps a part of the dataset back to measure by.", values: [true, false], usual: "false" };
const klBeta = number("klBeta", "KL beta", "How strongly the tuned model is held near the base model.", 0, 10, "the trainer's own");

/** Fireworks. Source: Fireworks' SDK and documentation, as of November 2026; they bound few of these, the others are what makes sense. */
export const fireworksTuning: Tuning = {
  hyperparameters: training,
  methods: [
    {
      method: "sft", hyperparameters: training,
      choices: [
        { name: "earlyStop", title: "Stop early", explanation: "Whether it ends when the validation loss improves no more.", values: [true, false], usual: "false" },
        carveOut,
        { name: "isTurbo", title: "Turbo", explanation: "Whether more machines make it faster.", values: [true, false], usual: "false" },
      ],
    },
    {
      method: "dpo",
      hyperparameters: [...training, number("beta", "Beta", "How strongly the tuned model is held near the base model.", 0.0001, 10, "the trainer's own"), klBeta],
      choices: [{ name: "lossMethod", title: "Loss", explanation: "How a preferred answer counts against the other.", values: ["DPO", "ORPO"], usual: "DPO" }],
    },
    {
      method: "rft",
      hyperparameters: [
        ...training, klBeta,
        number("temperature", "Temperature", "How freely answers are tried out.", 0, 2, "the trainer's own"),
        number("topP", "Top-p", "Which part of the likely tokens is tried out.", 0, 1, "1"),
        whole("topK", "Top-k", "How many of the likely tokens are tried out.", 0, 1000, "the trainer's own"),
        whole("maxOutputTokens", "Answer length", "The most tokens of an answer that is tried out.", 16, 131_072, "2048"),
        whole("responseCandidatesCount", "Answers", "How many answers to each prompt are tried out.", 2, 64, "the trainer's own"),
        whole("chunkSize", "Chunk", "How many prompts are tried out at once, above 300.", 1, 10_000, "200"),
        whole("nodeCount", "Nodes", "On how many machines it trains.", 1, 16, "1"),
        whole("maxConcurrentRollouts", "Answers at once", "How many answers are tried out at the same time.", 1, 10_000, "the service's own choice"),
        whole("maxConcurrentEvaluations", "Evaluations at once", "How many answers are scored at the same time.", 1, 10_000, "the service's own choice"),
      ],
      choices: [{ name: "lossMethod", title: "Loss", explanation: "How rewards become steps.", values: ["GRPO", "DAPO", "GSPO_TOKEN"], usual: "GRPO" }, carveOut],
      grader: 'The evaluator of your account that scores answers: {"evaluator": "accounts/NAME/evaluators/ID"}.',
    },
  ],
  presets: [{ id: "usual", title: "The service's own choice", detail: "One epoch on an adapter, with the model's own batch and context.", hyperparameters: {} }],
  longestSuffix: 63,
  destination: "The dataset is uploaded to Fireworks.",
  price: "Fireworks bills the tokens that it trains on by the size of the model, reinforcement by the hours of its machines; the job shows what it is expected to cost. A tuned model answers on a deployment, which is billed while it runs.",
};

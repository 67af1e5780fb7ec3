import type { Choice, Hyperparameter, MethodTuning } from "../../jobs/tuning.ts";

/** How far an answer may stray from the model that it starts from. */
export const beta: Hyperparameter = { name: "beta", title: "Beta", explanation: "How strongly the tuned model is held near the base model: a higher value keeps it nearer.", minimum: 0.001, maximum: 2, whole: false, usual: "the service's own choice" };

const reinforcement: readonly Hyperparameter[] = [
  { name: "compute_multiplier", title: "Compute multiplier", explanation: "How much is tried out for each prompt, as a multiple of the usual; it costs in proportion.", minimum: 0.00002, maximum: 10, whole: false, usual: "1" },
  { name: "eval_interval", title: "Evaluation interval", explanation: "After how many steps the validation file is graded.", minimum: 1, maximum: 100_000, whole: true, usual: "the service's own choice" },
  { name: "eval_samples", title: "Evaluation samples", explanation: "How many answers to each validation prompt are graded.", minimum: 1, maximum: 1000, whole: true, usual: "the service's own choice" },
];
const reasoningEffort: Choice = { name: "reasoning_effort", title: "Reasoning effort", explanation: "How long the model may think while it trains.", values: ["default", "low", "medium", "high"], usual: "the model's own" };

/** The three methods of OpenAI's API; `shared` are the numbers that all of them take. Source: OpenAI's specification, `FineTuneMethod` and its hyperparameters, and the guide to reinforcement fine-tuning. */
export function toMethods(shared: readonly Hyperparameter[]): readonly MethodTuning[] {
  return [
    { method: "sft", hyperparameters: shared, choices: [] },
    { method: "dpo", hyperparameters: [...shared, beta], choices: [] },
    {
      method: "rft", hyperparameters: [...shared, ...reinforcement], choices: [reasoningEffort], needsValidation: true,
      grader: "A grader of OpenAI's: an object with `type` string_check, text_similarity, python, score_model or multi, and what that type takes.",
    },
  ];
}

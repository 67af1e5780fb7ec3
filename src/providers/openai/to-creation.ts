import type { TuningMethod } from "../../jobs/method.ts";
import type { Integration, LaunchRequest } from "../../jobs/provider.ts";
import { given } from "../wire/given.ts";

/** What OpenAI calls the methods. */
const wireMethods = { sft: "supervised", dpo: "dpo", rft: "reinforcement" } as const satisfies Readonly<Record<TuningMethod, string>>;

/**
 * The body that starts a job. What is not given is left out, and hyperparameters go along as they are: the local engine knows more of them than OpenAI
 * does. What it runs on stands at the top, as Azure's `trainingType` does. Source: OpenAI's specification, `CreateFineTuningJobRequest`.
 */
export function toCreation({ model, trainingFile, validationFile, suffix, seed, method = "sft", hyperparameters, grader, integrations, compute, metadata }: LaunchRequest) {
  const values = Object.keys(hyperparameters).length === 0 ? undefined : hyperparameters;
  const details = given({ hyperparameters: values, ...(method === "rft" ? { grader } : {}) });
  const name = wireMethods[method];
  return given({
    ...compute,
    model,
    training_file: trainingFile,
    validation_file: validationFile,
    suffix,
    seed,
    metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
    method: method === "sft" && values === undefined ? undefined : { type: name, [name]: details },
    integrations: integrations && integrations.length > 0 ? integrations.map(toIntegration) : undefined,
  });
}

/** OpenAI holds the key of Weights & Biases itself; none goes along. */
function toIntegration({ type, project, name, entity, tags }: Integration) {
  return { type, wandb: given({ project, name, entity, tags }) };
}

import type { LaunchRequest } from "../../jobs/provider.ts";
import { given } from "../wire/given.ts";

/** The body that starts a job. What is not given is left out, and hyperparameters go along as they are: the local engine knows more of them than OpenAI does. Source: OpenAI's specification, `CreateFineTuningJobRequest`. */
export function toCreation({ model, trainingFile, validationFile, suffix, seed, hyperparameters, metadata }: LaunchRequest) {
  return given({
    model,
    training_file: trainingFile,
    validation_file: validationFile,
    suffix,
    seed,
    metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
    method: Object.keys(hyperparameters).length === 0 ? undefined : { type: "supervised", supervised: { hyperparameters } },
  });
}

import * as z from "zod";
import { ProviderError, type LaunchRequest } from "../../jobs/provider.ts";
import type { HyperparameterValue } from "../../jobs/tuning.ts";
import { given } from "../wire/given.ts";

type Values = Readonly<Record<string, HyperparameterValue>>;

const training = ["epochs", "learningRate", "loraRank", "batchSize", "batchSizeSamples", "maxContextLength", "gradientAccumulationSteps", "learningRateWarmupSteps", "optimizerWeightDecay"];
const supervised = ["earlyStop", "evalAutoCarveout", "isTurbo"];
const reinforcement = ["evalAutoCarveout", "chunkSize", "nodeCount", "maxConcurrentRollouts", "maxConcurrentEvaluations"];
const inference = ["temperature", "topP", "topK", "maxOutputTokens", "responseCandidatesCount"];

const evaluator = z.object({ evaluator: z.string().min(1) });

/**
 * The body that starts a job. `warm` says that the model is an adapter to go on from. Supervised jobs have at their top what the others have in
 * `trainingConfig`. Throws a ProviderError of the kind `invalid` for what Fireworks has no place for. Source: Fireworks' SDK, the parameters of `create`.
 */
export function toCreation(request: LaunchRequest, warm: boolean) {
  const { model, trainingFile: dataset, validationFile: evaluationDataset, suffix: displayName, method = "sft", hyperparameters, integrations } = request;
  const [board] = integrations ?? [];
  const config = { ...(warm ? { warmStartFrom: model } : { baseModel: model }), ...pick(hyperparameters, training) };
  const shared = { dataset, displayName, wandbConfig: board && given({ enabled: true, apiKey: board.apiKey, project: board.project, entity: board.entity }) };
  switch (method) {
    case "sft":
      return given({ ...shared, ...config, evaluationDataset, ...pick(hyperparameters, supervised) });
    case "dpo":
      if (evaluationDataset !== undefined) throw new ProviderError("invalid", "Fireworks takes no validation file for preference fine-tuning. Leave it out.");
      return given({ ...shared, trainingConfig: config, lossConfig: toLoss(hyperparameters) });
    case "rft":
      return given({ ...shared, evaluator: readEvaluator(request.grader), evaluationDataset, trainingConfig: config, lossConfig: toLoss(hyperparameters), inferenceParameters: orNone(pick(hyperparameters, inference)), ...pick(hyperparameters, reinforcement) });
  }
}

function readEvaluator(grader: LaunchRequest["grader"]): string {
  const read = evaluator.safeParse(grader);
  if (!read.success) throw new ProviderError("invalid", 'Fireworks scores answers by an evaluator of your account. Name it as the grader: {"evaluator": "accounts/NAME/evaluators/ID"}.');
  return read.data.evaluator;
}

function toLoss(values: Values) {
  const { lossMethod: method, klBeta, beta } = values;
  return orNone(given({ method, klBeta, dpo: beta === undefined ? undefined : { beta } }));
}

function pick(values: Values, names: readonly string[]): Record<string, HyperparameterValue> {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}

function orNone<Part extends object>(part: Part): Part | undefined {
  return Object.keys(part).length === 0 ? undefined : part;
}

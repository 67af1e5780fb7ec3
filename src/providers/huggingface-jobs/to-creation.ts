import type { LaunchRequest } from "../../jobs/provider.ts";
import { ProviderError } from "../../jobs/provider.ts";
import type { HyperparameterValue } from "../../jobs/tuning.ts";
import { given } from "../wire/given.ts";
import { image, mountPath, packages, requestVariable, script, tokenVariable } from "./script.ts";
import { usualFlavor, usualTimeout } from "./tuning.ts";

/** The label that tells jobs of Tunesmith's from all others. */
export const ownLabel = { name: "tunesmith", value: "fine-tune" } as const;

/** What the job is started with, as JSON in its environment; by it a job in a list is read again. */
export interface ScriptRequest {
  readonly method: "sft" | "dpo";
  readonly model: string;
  readonly training_file: string;
  readonly validation_file?: string;
  readonly output: string;
  readonly suffix?: string;
  readonly arguments: Readonly<Record<string, HyperparameterValue>>;
  readonly lora?: Readonly<Record<string, HyperparameterValue>>;
}

const ofLora: Readonly<Record<string, string>> = { lora_r: "r", lora_alpha: "lora_alpha", lora_dropout: "lora_dropout" };
const usualRank = 16;

export interface CreationFacts {
  readonly namespace: string;
  /** The repository that datasets lie in. */
  readonly repository: string;
  /** The token that the job saves the model with; the service keeps it encrypted, and no list shows it. */
  readonly token: string;
  /** Sets models of the same name apart. */
  readonly mark: string;
}

/** The body that starts a job. Throws a ProviderError of the kind `invalid` for what TRL is not asked for here. Source: Hugging Face's client, `_create_job_spec`. */
export function toCreation(request: LaunchRequest, { namespace, repository, token, mark }: CreationFacts) {
  const { flavor = usualFlavor, timeout = usualTimeout } = request.compute ?? {};
  return {
    dockerImage: image,
    command: ["uv", "run", "--no-project", ...packages.flatMap((name) => ["--with", name]), "python", "-c", script],
    arguments: [],
    environment: { [requestVariable]: JSON.stringify(toScriptRequest(request, namespace, mark)) },
    secrets: { [tokenVariable]: token },
    flavor: String(flavor),
    timeoutSeconds: Math.round(Number(timeout) * 60),
    labels: { [ownLabel.name]: ownLabel.value, ...request.metadata },
    volumes: [{ type: "dataset", source: repository, mountPath, readOnly: true }],
  };
}

function toScriptRequest({ method = "sft", model, trainingFile, validationFile, suffix, seed, hyperparameters }: LaunchRequest, namespace: string, mark: string): ScriptRequest {
  if (method === "rft") throw new ProviderError("invalid", "A job on Hugging Face's machines takes the methods sft and dpo: reinforcement needs a reward function that a launch file cannot hold.");
  const { use_peft: adapter = true, ...values } = hyperparameters;
  const lora = Object.fromEntries(Object.entries(ofLora).flatMap(([name, own]) => (values[name] === undefined ? [] : [[own, values[name]]])));
  const rank = typeof lora["r"] === "number" ? lora["r"] : usualRank;
  const name = `${(suffix ?? model.split("/").at(-1) ?? "model").replaceAll(/[^\w.-]+/g, "-").replaceAll(/^[.-]+|[.-]+$/g, "").slice(0, 64)}-${mark}`;
  return given({
    method, model, training_file: inJob(trainingFile), validation_file: validationFile === undefined ? undefined : inJob(validationFile), output: `${namespace}/${name}`, suffix,
    arguments: { ...Object.fromEntries(Object.entries(values).filter(([key]) => !(key in ofLora))), ...(seed === undefined ? {} : { seed }) },
    lora: adapter === true ? { r: rank, lora_alpha: rank * 2, ...lora } : undefined,
  });
}

/** Where a file of the dataset repository is in the job. */
function inJob(file: string): string {
  return `${mountPath}/${pathIn(file)}`;
}

/** The path of a file within its repository: ids are `datasets/OWNER/NAME/PATH`. */
function pathIn(file: string): string {
  return file.split("/").slice(3).join("/");
}

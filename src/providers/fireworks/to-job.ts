import * as z from "zod";
import type { Job, JobStatus } from "../../jobs/job.ts";
import { launchKey } from "../../jobs/launch.ts";
import { given } from "../wire/given.ts";
import { time } from "../wire/time.ts";
import { collections, type Collection } from "./collections.ts";

const text = z.string().min(1).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const values = z.record(z.string(), z.unknown()).catch({});
const job = z.object({
  name: z.string().regex(/^accounts\/[^/]+\/\w+\/[^/]+$/), state: text, displayName: text, dataset: text, evaluationDataset: text, baseModel: text, warmStartFrom: text, outputModel: text,
  createTime: time, completedTime: time, updateTime: time, trainingConfig: values, lossConfig: values, inferenceParameters: values,
  status: z.object({ code: text, message: text }).optional().catch(undefined),
  jobProgress: z.object({ percent: number }).optional().catch(undefined),
  estimatedCost: z.object({ currencyCode: z.string().regex(/^[A-Z]{3}$/), units: z.union([z.string(), z.number()]).optional(), nanos: number }).optional().catch(undefined),
});

/** Source: Fireworks' SDK, `JobState`, without its `JOB_STATE_`. */
const statuses: ReadonlyMap<string, JobStatus> = new Map([
  ["CREATING", "validating"], ["VALIDATING", "validating"], ["CREATING_INPUT_DATASET", "validating"],
  ["PENDING", "queued"], ["RE_QUEUEING", "queued"], ["UNSPECIFIED", "queued"],
  ["RUNNING", "running"], ["WRITING_RESULTS", "running"], ["IDLE", "running"],
  ["PAUSED", "paused"],
  ["CANCELLING", "cancelling"],
  ["COMPLETED", "succeeded"], ["EARLY_STOPPED", "succeeded"],
  ["FAILED", "failed"], ["EXPIRED", "failed"],
  ["CANCELLED", "cancelled"], ["DELETING", "cancelled"], ["DELETING_CLEANING_UP", "cancelled"],
]);

/** What a job is made by bears the launch's id, so that the same launch makes no second one. */
const launchPrefix = "tunesmith-";
/** The most that an id of Fireworks' has. */
const longestId = 63;

/** The id that a launch's job gets; undefined where the launch has none that can be part of it. */
export function toJobId(metadata: Readonly<Record<string, string>>): string | undefined {
  const id = `${launchPrefix}${metadata[launchKey] ?? ""}`;
  return /^[a-z0-9-]+$/.test(id) && id !== launchPrefix && id.length <= longestId ? id : undefined;
}

/** Reads a job; undefined for what names none. Source: Fireworks' SDK, `SupervisedFineTuningJob`, `DpoJob` and `ReinforcementFineTuningJob`. */
export function toJob(provider: string, answer: unknown): Job | undefined {
  const read = job.safeParse(answer);
  if (!read.success) return undefined;
  const { data } = read;
  const [, account = "", path = "", id = ""] = data.name.split("/");
  const collection: Collection | undefined = collections.find((each) => each.path === path);
  if (!collection) return undefined;
  const rawStatus = data.state ?? "not given";
  const status = statuses.get(rawStatus.replace(/^JOB_STATE_/, "")) ?? "unknown";
  const config = { ...(answer as Readonly<Record<string, unknown>>), ...data.trainingConfig };
  const model = (name: "baseModel" | "warmStartFrom" | "outputModel"): string | undefined => text.parse(config[name]);
  const output = model("outputModel") ?? id;
  const percent = data.jobProgress?.percent;
  return given({
    provider,
    id: `${path}/${id}`,
    status,
    rawStatus,
    baseModel: model("baseModel") ?? model("warmStartFrom") ?? "",
    tunedModel: status === "succeeded" ? (output.includes("/") ? output : `accounts/${account}/models/${output}`) : undefined,
    suffix: data.displayName,
    method: collection.method,
    createdAt: data.createTime ?? 0,
    finishedAt: ["succeeded", "failed", "cancelled"].includes(status) ? (data.completedTime ?? data.updateTime) : undefined,
    done: status === "running" && percent !== undefined && percent >= 0 && percent <= 100 ? percent / 100 : undefined,
    cost: toPrice(data.estimatedCost),
    page: `https://app.fireworks.ai/dashboard/fine-tuning/${pages[collection.method]}/${encodeURIComponent(id)}`,
    trainingFile: data.dataset ?? "",
    validationFile: data.evaluationDataset,
    hyperparameters: toHyperparameters(config, data),
    metadata: id.startsWith(launchPrefix) ? { [launchKey]: id.slice(launchPrefix.length) } : undefined,
    error: toError(status, data.status),
  });
}

/** Where the dashboard shows jobs of each method. */
const pages = { sft: "supervised", dpo: "dpo", rft: "reinforcement" } as const;

function toPrice(cost: z.infer<typeof job>["estimatedCost"]): Job["cost"] {
  if (!cost) return undefined;
  const amount = Number(cost.units ?? 0) + (cost.nanos ?? 0) / 1e9;
  return Number.isFinite(amount) && amount > 0 ? { amount, currency: cost.currencyCode } : undefined;
}

/** A job that is well has a status too, whose code is OK. */
function toError(status: JobStatus, said: z.infer<typeof job>["status"]): Job["error"] {
  if (status !== "failed" || said === undefined || said.code === "OK") return undefined;
  const message = said.message ?? said.code;
  return message === undefined ? undefined : { ...(said.code === undefined ? {} : { code: said.code }), message };
}

/** What a job takes besides names of things. */
const chosen = [
  "epochs", "learningRate", "loraRank", "batchSize", "batchSizeSamples", "maxContextLength", "gradientAccumulationSteps", "learningRateWarmupSteps", "optimizerWeightDecay",
  "earlyStop", "evalAutoCarveout", "isTurbo", "chunkSize", "nodeCount", "maxConcurrentRollouts", "maxConcurrentEvaluations",
] as const;

function toHyperparameters(config: Readonly<Record<string, unknown>>, { lossConfig, inferenceParameters }: z.infer<typeof job>): Job["hyperparameters"] {
  const { method, klBeta, dpo } = lossConfig;
  const { temperature, topP, topK, maxOutputTokens, responseCandidatesCount } = inferenceParameters;
  const all = { ...Object.fromEntries(chosen.map((name) => [name, config[name]])), lossMethod: method, klBeta, beta: (dpo as { beta?: unknown } | undefined)?.beta, temperature, topP, topK, maxOutputTokens, responseCandidatesCount };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string | number | boolean] => ["string", "number", "boolean"].includes(typeof entry[1])));
}

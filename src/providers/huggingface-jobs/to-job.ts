import * as z from "zod";
import type { Job, JobStatus } from "../../jobs/job.ts";
import { given } from "../wire/given.ts";
import { time } from "../wire/time.ts";
import { mountPath, requestVariable } from "./script.ts";
import { ownLabel } from "./to-creation.ts";

const text = z.string().min(1).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const texts = z.record(z.string(), z.unknown()).catch({});
const values = z.record(z.string(), z.unknown()).catch({});
const job = z.object({
  id: z.string().min(1), createdAt: time, startedAt: time, finishedAt: time, flavor: text, labels: texts, environment: texts,
  status: z.object({ stage: text, message: text }).catch({ stage: undefined, message: undefined }),
  owner: z.object({ name: text }).optional().catch(undefined),
  durations: z.object({ runningSecs: number }).optional().catch(undefined),
  volumes: z.array(z.object({ source: text }).catch({ source: undefined })).catch([]),
});
const request = z.object({ method: text, model: text, training_file: text, validation_file: text, output: text, suffix: text, arguments: values, lora: values });

/** Source: Hugging Face's client, `JobStage`; `UPDATING` is in its API. */
const statuses: ReadonlyMap<string, JobStatus> = new Map([
  ["SCHEDULING", "queued"], ["RUNNING", "running"], ["UPDATING", "running"], ["COMPLETED", "succeeded"], ["CANCELED", "cancelled"], ["CANCELLED", "cancelled"], ["ERROR", "failed"], ["DELETED", "cancelled"],
]);

/** Reads a job; undefined for what names none. `priceOf` gives what a machine costs by the hour. Source: Hugging Face's client, `JobInfo`. */
export function toJob(provider: string, answer: unknown, origin: string, priceOf: (flavor: string) => Job["cost"]): Job | undefined {
  const read = job.safeParse(answer);
  if (!read.success) return undefined;
  const { data } = read;
  const asked = request.safeParse(parse(data.environment[requestVariable])).data;
  const rawStatus = data.status.stage ?? "not given";
  const status = statuses.get(rawStatus) ?? "unknown";
  const finished = ["succeeded", "failed", "cancelled"].includes(status);
  const repository = data.volumes[0]?.source;
  const fileOf = (path: string | undefined): string | undefined => (path?.startsWith(`${mountPath}/`) && repository !== undefined ? `datasets/${repository}/${path.slice(mountPath.length + 1)}` : path);
  const { [ownLabel.name]: _own, ...labels } = data.labels;
  const metadata = Object.fromEntries(Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  return given({
    provider,
    id: data.id,
    status,
    rawStatus,
    baseModel: asked?.model ?? "",
    tunedModel: status === "succeeded" ? asked?.output : undefined,
    suffix: asked?.suffix,
    method: asked?.method === "sft" || asked?.method === "dpo" ? (asked.method as "sft" | "dpo") : undefined,
    createdAt: data.createdAt ?? 0,
    startedAt: data.startedAt,
    finishedAt: finished ? (data.finishedAt ?? data.startedAt ?? data.createdAt) : undefined,
    cost: costOf(data.durations?.runningSecs, data.flavor === undefined ? undefined : priceOf(data.flavor)),
    costSoFar: finished ? undefined : (true as const),
    page: data.owner?.name === undefined ? undefined : `${origin}/jobs/${encodeURIComponent(data.owner.name)}/${encodeURIComponent(data.id)}`,
    trainingFile: fileOf(asked?.training_file) ?? "",
    validationFile: fileOf(asked?.validation_file),
    seed: number.parse(asked?.arguments["seed"]),
    hyperparameters: toHyperparameters(asked),
    metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
    error: status === "failed" ? { code: rawStatus, message: data.status.message ?? "The job ended with an error; its events tell which." } : undefined,
  });
}

function costOf(seconds: number | undefined, perHour: Job["cost"]): Job["cost"] {
  return seconds === undefined || perHour === undefined || seconds <= 0 ? undefined : { amount: (perHour.amount * seconds) / 3600, currency: perHour.currency };
}

function toHyperparameters(asked: z.infer<typeof request> | undefined): Job["hyperparameters"] {
  const { seed: _seed, ...values } = asked?.arguments ?? {};
  const { r, lora_alpha: alpha, lora_dropout: dropout } = asked?.lora ?? {};
  const all = Object.entries({ ...values, lora_r: r, lora_alpha: alpha, lora_dropout: dropout });
  return Object.fromEntries(all.filter((entry): entry is [string, string | number | boolean] => ["string", "number", "boolean"].includes(typeof entry[1])));
}

function parse(value: unknown): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
}

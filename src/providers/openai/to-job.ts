import * as z from "zod";
import type { Job, JobStatus } from "../../jobs/job.ts";
import type { TuningMethod } from "../../jobs/method.ts";
import { readErrorBody } from "../http/error-body.ts";
import { given } from "../wire/given.ts";
import { time } from "../wire/time.ts";

const text = z.string().min(1).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const record = z.record(z.string(), z.unknown()).optional().catch(undefined);
const job = z.object({
  id: z.string().min(1),
  status: text,
  model: text,
  fine_tuned_model: text,
  suffix: text,
  user_provided_suffix: text,
  created_at: time,
  finished_at: time,
  estimated_finish: time,
  training_file: text,
  validation_file: text,
  trained_tokens: number,
  seed: number,
  hyperparameters: record,
  method: record,
  metadata: record,
  error: z.unknown().optional(),
  result_files: z.array(z.unknown()).catch([]),
});

const methods: ReadonlyMap<unknown, TuningMethod> = new Map([["supervised", "sft"], ["dpo", "dpo"], ["reinforcement", "rft"]]);

/** OpenAI's states, and what compatible servers call the same. */
const statuses: ReadonlyMap<string, JobStatus> = new Map([
  ["validating_files", "validating"],
  ["queued", "queued"],
  ["pending", "queued"],
  ["running", "running"],
  ["paused", "paused"],
  ["cancelling", "cancelling"],
  ["succeeded", "succeeded"],
  ["failed", "failed"],
  ["cancelled", "cancelled"],
  ["canceled", "cancelled"],
]);

/** Reads a job as a server sent it; undefined for what names no job. Source: OpenAI's specification, `FineTuningJob`. */
export function toJob(provider: string, answer: unknown): Job | undefined {
  const read = job.safeParse(answer);
  if (!read.success) return undefined;
  const { data } = read;
  return given({
    provider,
    id: data.id,
    status: statuses.get(data.status ?? "") ?? "unknown",
    rawStatus: data.status ?? "not given",
    baseModel: data.model ?? "",
    tunedModel: data.fine_tuned_model,
    suffix: data.suffix ?? data.user_provided_suffix,
    method: methods.get(data.method?.["type"]),
    createdAt: data.created_at ?? 0,
    finishedAt: data.finished_at,
    estimatedFinish: data.estimated_finish,
    trainingFile: data.training_file ?? "",
    validationFile: data.validation_file,
    trainedTokens: data.trained_tokens,
    seed: data.seed,
    hyperparameters: toHyperparameters(data.hyperparameters, data.method),
    metadata: toMetadata(data.metadata),
    error: toError(data.error),
  });
}

/** The ids of the files that a job has left, of a job as a server sent it. */
export function readResultFiles(answer: unknown): readonly string[] {
  const read = job.safeParse(answer);
  return read.success ? read.data.result_files.filter((file): file is string => typeof file === "string" && file !== "") : [];
}

/** They stand at the top or under the method's name; where both have one, the number counts and not "auto". */
function toHyperparameters(top: Values | undefined, method: Values = {}): Job["hyperparameters"] {
  const places = [top, ...Object.values(method).map((each) => (isValues(each) && isValues(each["hyperparameters"]) ? each["hyperparameters"] : undefined))];
  const found = new Map<string, string | number | boolean>();
  for (const [name, value] of places.flatMap((place) => Object.entries(place ?? {}))) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") continue;
    if (value !== "auto" || !found.has(name)) found.set(name, value);
  }
  return Object.fromEntries(found);
}

function toMetadata(values: Values = {}): Job["metadata"] {
  const texts = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

/** A job without an error has null here, `{}` or an object whose members are all null. */
function toError(error: unknown): Job["error"] {
  const { code, message } = readErrorBody({ error });
  if (message !== undefined) return { ...(code === undefined ? {} : { code }), message };
  return code === undefined ? undefined : { code, message: code };
}

type Values = Readonly<Record<string, unknown>>;

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}

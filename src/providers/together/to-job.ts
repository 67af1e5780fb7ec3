import * as z from "zod";
import type { TuningMethod } from "../../jobs/method.ts";
import { isFinished, type Job, type JobStatus } from "../../jobs/job.ts";
import { given } from "../wire/given.ts";
import { time } from "../wire/time.ts";
import { toEvent } from "./to-event.ts";

const text = z.string().min(1).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const values = z.record(z.string(), z.unknown()).catch({});
const job = z.object({
  id: z.string().min(1), status: text, model: text, model_output_name: text, suffix: text, training_file: text, validation_file: text, from_checkpoint: text,
  created_at: time, started_at: time, updated_at: time, token_count: number, total_price: number, random_seed: number, n_epochs: number, epochs_completed: number, wandb_url: text,
  training_method: values, training_type: values, lr_scheduler: values, multimodal_params: values, events: z.array(z.unknown()).catch([]),
  progress: z.object({ estimate_available: z.boolean(), seconds_remaining: z.number() }).optional().catch(undefined),
});

/** Source: Together's specification, `FinetuneJobStatus`; `user_error` is in its SDK only. */
const statuses: ReadonlyMap<string, JobStatus> = new Map([
  ["pending", "queued"],
  ["queued", "queued"],
  ["running", "running"],
  ["compressing", "running"],
  ["uploading", "running"],
  ["cancel_requested", "cancelling"],
  ["cancelled", "cancelled"],
  ["error", "failed"],
  ["user_error", "failed"],
  ["completed", "succeeded"],
]);
const methods: ReadonlyMap<unknown, TuningMethod> = new Map([["sft", "sft"], ["dpo", "dpo"]]);
/** Prices come in billionths of a dollar. Source: `finetune_price_to_dollars` of Together's SDK. */
const nanodollar = 1e-9;
/** What is chosen for a job, beside what is nested. */
const chosen = ["n_epochs", "n_checkpoints", "n_evals", "batch_size", "learning_rate", "warmup_ratio", "max_grad_norm", "weight_decay", "max_seq_length", "packing"];

/** Reads a job, whole or cut as lists have it; undefined for what names no job. `now` is milliseconds since 1970. Source: Together's specification, `FinetuneResponse` and `FinetuneResponseTruncated`. */
export function toJob(provider: string, answer: unknown, now: number): Job | undefined {
  const read = job.safeParse(answer);
  if (!read.success) return undefined;
  const { data } = read;
  const status = statuses.get(data.status ?? "") ?? "unknown";
  const finished = isFinished({ status });
  return given({
    provider,
    id: data.id,
    status,
    rawStatus: data.status ?? "not given",
    baseModel: data.model ?? data.from_checkpoint ?? "",
    // The name is given before there is a model.
    tunedModel: status === "succeeded" ? data.model_output_name : undefined,
    suffix: data.suffix,
    method: methods.get(data.training_method["method"]),
    createdAt: data.created_at ?? 0,
    startedAt: data.started_at,
    finishedAt: finished ? data.updated_at : undefined,
    estimatedFinish: !finished && data.progress?.estimate_available ? now + data.progress.seconds_remaining * 1000 : undefined,
    done: !finished && data.epochs_completed !== undefined && data.n_epochs ? Math.min(1, data.epochs_completed / data.n_epochs) : undefined,
    cost: data.total_price === undefined || data.total_price <= 0 ? undefined : { amount: data.total_price * nanodollar, currency: "USD" },
    page: data.wandb_url !== undefined && /^https:\/\//.test(data.wandb_url) ? data.wandb_url : undefined,
    trainingFile: data.training_file ?? "",
    validationFile: data.validation_file,
    trainedTokens: data.token_count,
    seed: data.random_seed,
    hyperparameters: toHyperparameters(answer, data),
    error: status === "failed" ? reasonIn(data.events) : undefined,
  });
}

/** Why a job failed, by its events: jobs have no error of their own. */
export function reasonIn(events: readonly unknown[]): Job["error"] {
  const last = events.map((each) => ({ event: toEvent(each), type: (each as { type?: unknown } | null)?.type })).findLast(({ event, type }) => event?.level === "error" || (typeof type === "string" && /error/i.test(type)));
  if (!last?.event) return undefined;
  return { ...(typeof last.type === "string" ? { code: last.type } : {}), message: last.event.message };
}

function toHyperparameters(answer: unknown, { training_method: method, training_type: type, lr_scheduler: scheduler, multimodal_params: multimodal }: z.infer<typeof job>): Job["hyperparameters"] {
  const { method: _method, ...ofMethod } = method;
  const { type: kind, ...ofType } = type;
  const { lr_scheduler_args: ofScheduler, ...schedule } = scheduler;
  const top = answer as Readonly<Record<string, unknown>>;
  const all = [...chosen.map((name) => [name, top[name]] as const), ...Object.entries({ ...ofMethod, ...ofType, ...schedule, ...(ofScheduler as object | undefined), ...multimodal, training_type: kind })];
  return Object.fromEntries(all.filter((entry): entry is [string, string | number | boolean] => ["string", "number", "boolean"].includes(typeof entry[1])));
}

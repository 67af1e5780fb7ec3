import { Hono, type Context } from "hono";
import * as z from "zod";
import { ApiError } from "../api-error.ts";
import type { Store, StoredJob } from "../store.ts";
import { newId, now, type TrainingQueue } from "../training-queue.ts";

const whole = (least: number, most: number) => z.union([z.literal("auto"), z.int().min(least).max(most)]).nullish();
/** OpenAI's hyperparameters, and beside them what the engine knows besides: `max_steps`, `lora_rank`, `lora_layers`. */
const hyperparameters = z.object({
  n_epochs: whole(1, 50),
  batch_size: whole(1, 256),
  learning_rate_multiplier: z.union([z.literal("auto"), z.number().positive()]).nullish(),
  max_steps: z.int().min(1).max(1_000_000).nullish(),
  lora_rank: z.int().min(1).max(256).nullish(),
  lora_layers: z.int().min(1).max(1000).nullish(),
});
const creation = z.object({
  model: z.string().min(1),
  training_file: z.string().min(1),
  validation_file: z.string().nullish(),
  hyperparameters: hyperparameters.nullish(),
  method: z.object({ type: z.string(), supervised: z.object({ hyperparameters: hyperparameters.nullish() }).nullish() }).nullish(),
  suffix: z.string().min(1).max(64).nullish(),
  seed: z.int().min(0).max(2147483647).nullish(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
});

export interface JobDependencies {
  readonly store: Store;
  readonly queue: TrainingQueue;
  /** Throws an ApiError when nothing can be trained from this model. */
  readonly checkModel: (model: string) => void;
}

/** `/fine_tuning/jobs`: create, list, retrieve, cancel, events, checkpoints. */
export function jobRoutes({ store, queue, checkModel }: JobDependencies): Hono {
  const find = (context: Context): StoredJob => {
    const id = context.req.param("id") ?? "";
    const job = queue.find(id);
    if (!job) throw new ApiError(404, `Could not find fine tune: ${id}`, "fine_tune_not_found", "fine_tune_id");
    return job;
  };
  return new Hono()
    .post("/", async (context) => {
      const read = creation.safeParse(await context.req.json().catch(() => undefined));
      if (!read.success) {
        const [issue] = read.error.issues;
        throw new ApiError(400, `${issue?.path.join(".") || "The body"}: ${issue?.message ?? "is not valid"}`, null, issue?.path.join(".") ?? null);
      }
      const job = toJob(read.data, store);
      checkModel(job.model);
      await store.saveJob(job);
      queue.enter(job);
      return context.json(present(job));
    })
    .get("/", (context) => context.json(page(context, store.jobs().filter((job) => matches(job, context)), 20, (job) => job.id, present)))
    .get("/:id", (context) => context.json(present(find(context))))
    .post("/:id/cancel", async (context) => {
      const job = find(context);
      if (["succeeded", "failed", "cancelled"].includes(job.status)) throw new ApiError(400, `The job has already ${job.status === "cancelled" ? "been cancelled" : job.status}; it cannot be cancelled.`, "invalid_state");
      return context.json(present(await queue.cancel(job)));
    })
    .get("/:id/events", (context) => context.json(page(context, [...store.events(find(context).id)].reverse(), 20, ({ id }) => id, (event) => event)))
    .get("/:id/checkpoints", (context) => {
      const job = find(context);
      const list = page(context, [...job.checkpoints].reverse(), 10, ({ id }) => id, ({ id, created_at, step_number, model, metrics }) => ({
        id, object: "fine_tuning.job.checkpoint", created_at, step_number, fine_tuning_job_id: job.id, fine_tuned_model_checkpoint: model, metrics: { step: step_number, ...metrics },
      }));
      return context.json({ ...list, first_id: list.data[0]?.id ?? null, last_id: list.data.at(-1)?.id ?? null });
    });
}

function toJob(request: z.infer<typeof creation>, store: Store): StoredJob {
  const known = (id: string, param: string) => {
    if (!store.files().some((file) => file.id === id)) throw new ApiError(404, `No such File object: ${id}`, null, param);
  };
  known(request.training_file, "training_file");
  if (request.validation_file) known(request.validation_file, "validation_file");
  if (request.method && request.method.type !== "supervised") throw new ApiError(400, `The local engine trains with the method supervised; ${request.method.type} is not there yet.`, null, "method.type");
  const asked = { ...request.hyperparameters, ...request.method?.supervised?.hyperparameters };
  const given = <Value>(value: Value | "auto" | null | undefined): Value | undefined => (value === "auto" || value === null ? undefined : value) as Value | undefined;
  const { max_steps, lora_rank, lora_layers } = asked;
  return {
    id: newId("ftjob-"), model: request.model, created_at: now(), finished_at: null, fine_tuned_model: null, status: "validating_files",
    training_file: request.training_file, validation_file: request.validation_file ?? null, trained_tokens: null, error: null,
    seed: request.seed ?? Math.floor(Math.random() * 2147483647), suffix: request.suffix ?? null, metadata: request.metadata ?? null,
    hyperparameters: {
      // OpenAI's cookbook aims at 3 epochs.
      n_epochs: given(asked.n_epochs) ?? 3, batch_size: given(asked.batch_size) ?? 4, learning_rate_multiplier: given(asked.learning_rate_multiplier) ?? 1,
      ...(max_steps ? { max_steps } : {}), ...(lora_rank ? { lora_rank } : {}), ...(lora_layers ? { lora_layers } : {}),
    },
    restarts: 0, adapter: null, checkpoints: [],
  };
}

function present(job: StoredJob) {
  const { restarts: _restarts, adapter: _adapter, checkpoints: _checkpoints, suffix, ...shown } = job;
  return {
    object: "fine_tuning.job", ...shown, user_provided_suffix: suffix, organization_id: "local", result_files: [], estimated_finish: null, integrations: [],
    method: { type: "supervised", supervised: { hyperparameters: job.hyperparameters } },
  };
}

function matches(job: StoredJob, context: Context): boolean {
  return Object.entries(context.req.query()).every(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
    return key === undefined || job.metadata?.[key] === value;
  });
}

/** One page of a list, newest first, behind the item that `after` names. */
function page<Item, Shown>(context: Context, items: readonly Item[], usual: number, idOf: (item: Item) => string, show: (item: Item) => Shown) {
  const after = context.req.query("after");
  const limit = Math.min(Math.max(1, Number(context.req.query("limit") ?? usual) || usual), 100);
  const start = after ? items.findIndex((item) => idOf(item) === after) + 1 : 0;
  const shown = items.slice(start, start + limit);
  return { object: "list" as const, data: shown.map(show), has_more: start + limit < items.length };
}

import { Hono, type Context } from "hono";
import * as z from "zod";
import { ApiError } from "../api-error.ts";
import type { Cluster } from "../executors/cluster.ts";
import { newId } from "../new-id.ts";
import { now } from "../now.ts";
import { trainingMethods } from "../runners/runner.ts";
import type { Store } from "../store.ts";
import { hasEnded, type StoredJob } from "../stored.ts";
import type { TrainingQueue } from "../training-queue.ts";
import { page } from "./page.ts";
import { readBody } from "./read-body.ts";

const whole = (least: number, most: number) => z.union([z.literal("auto"), z.int().min(least).max(most)]).nullish();
/** OpenAI's hyperparameters, and beside them what the engine knows besides: `max_steps`, `lora_rank`, `lora_layers`. */
const hyperparameters = z.object({
  n_epochs: whole(1, 50),
  batch_size: whole(1, 256),
  learning_rate_multiplier: z.union([z.literal("auto"), z.number().positive()]).nullish(),
  beta: z.union([z.literal("auto"), z.number().positive().max(2)]).nullish(),
  max_steps: z.int().min(1).max(1_000_000).nullish(),
  lora_rank: z.int().min(1).max(256).nullish(),
  lora_layers: z.int().min(1).max(1000).nullish(),
});
const methodDetails = z.object({ hyperparameters: hyperparameters.nullish() }).nullish();
const creation = z.object({
  model: z.string().min(1),
  training_file: z.string().min(1),
  validation_file: z.string().nullish(),
  hyperparameters: hyperparameters.nullish(),
  method: z.object({ type: z.string(), supervised: methodDetails, dpo: methodDetails }).nullish(),
  suffix: z.string().min(1).max(64).nullish(),
  seed: z.int().min(0).max(2147483647).nullish(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
  /** The engine's own: a cluster by the name that it has in the user's settings, and what of it is wanted. Absent: this machine. */
  cluster: z.string().nullish(),
  cpus: z.number().positive().max(4096).nullish(),
  gpus: z.int().min(0).max(1024).nullish(),
  nodes: z.int().min(1).max(1024).nullish(),
});

/** Of jobs and events; a page has at most so many, whatever is asked. */
const limits = { usual: 20, most: 100 };

export interface JobDependencies {
  readonly store: Store;
  readonly queue: TrainingQueue;
  /** Throws an ApiError when nothing can be trained from this model. */
  readonly checkModel: (model: string) => void;
  /** Throws an ApiError when there is no cluster of this name. */
  readonly findCluster: (name: string) => Cluster;
}

/** `/fine_tuning/jobs`: create, list, retrieve, cancel, events, checkpoints. */
export function jobRoutes({ store, queue, checkModel, findCluster }: JobDependencies): Hono {
  const find = (context: Context): StoredJob => {
    const id = context.req.param("id") ?? "";
    const job = queue.find(id);
    if (!job) throw new ApiError(404, `Could not find fine tune: ${id}`, "fine_tune_not_found", "fine_tune_id");
    return job;
  };
  const present = (job: StoredJob) => ({ ...toShown(job), estimated_finish: hasEnded(job) ? null : queue.estimatedFinish(job.id) ?? null });
  return new Hono()
    .post("/", async (context) => {
      const job = toJob(await readBody(context, creation), store, findCluster);
      // What nodes call otherwise need not be on this machine.
      if (job.place?.cluster.models?.[job.model] === undefined) checkModel(job.model);
      await store.addJob(job);
      queue.enter(job);
      return context.json(present(job));
    })
    .get("/", (context) => {
      const { data, has_more } = page(context, store.jobs().filter((job) => matches(job, context)), limits);
      return context.json({ object: "list", data: data.map(present), has_more });
    })
    .get("/:id", (context) => context.json(present(find(context))))
    .post("/:id/cancel", async (context) => {
      const { id } = find(context);
      const cancelled = await queue.cancel(id);
      if (cancelled) return context.json(present(cancelled));
      const { status } = find(context);
      throw new ApiError(400, `The job has already ${status === "cancelled" ? "been cancelled" : status}; it cannot be cancelled.`, "invalid_state");
    })
    .get("/:id/events", (context) => {
      const { data, has_more } = page(context, store.events(find(context).id).toReversed(), limits);
      return context.json({ object: "list", data: data.map(({ data: figures, ...event }) => (figures ? { ...event, data: figures } : event)), has_more });
    })
    .get("/:id/checkpoints", (context) => {
      const job = find(context);
      const { data, has_more } = page(context, job.checkpoints.toReversed(), { ...limits, usual: 10 });
      const shown = data.map(({ id, created_at, step_number, model, metrics }) => ({
        id, object: "fine_tuning.job.checkpoint", created_at, step_number, fine_tuning_job_id: job.id, fine_tuned_model_checkpoint: model, metrics: { step: step_number, ...metrics },
      }));
      return context.json({ object: "list", data: shown, first_id: shown[0]?.id ?? null, last_id: shown.at(-1)?.id ?? null, has_more });
    });
}

function toJob(request: z.infer<typeof creation>, store: Store, findCluster: JobDependencies["findCluster"]): StoredJob {
  const known = (id: string, param: string) => {
    const file = store.files().find((each) => each.id === id);
    if (!file) throw new ApiError(404, `No such File object: ${id}`, null, param);
    if (file.purpose !== "fine-tune") throw new ApiError(400, `${id} (${file.filename}) has the purpose ${file.purpose}; a job takes files of the purpose fine-tune.`, null, param);
  };
  known(request.training_file, "training_file");
  if (request.validation_file) known(request.validation_file, "validation_file");
  const method = trainingMethods.find((each) => each === (request.method?.type ?? "supervised"));
  if (!method) throw new ApiError(400, `The local engine trains with the methods ${trainingMethods.join(" and ")}; ${request.method?.type} is not there yet.`, null, "method.type");
  const asked = { ...request.hyperparameters, ...request.method?.[method]?.hyperparameters };
  if (given(asked.beta) !== undefined && method !== "dpo") throw new ApiError(400, `beta is a hyperparameter of the method dpo; the method ${method} has none.`, null, "hyperparameters.beta");
  const beta = given(asked.beta);
  const { max_steps, lora_rank, lora_layers } = asked;
  const batchSize = given(asked.batch_size) ?? 4;
  const place = toPlace(request, findCluster);
  const { gpus = 1, nodes = 1 } = place.place ?? {};
  const sharing = Math.max(1, gpus) * nodes;
  if (batchSize % sharing !== 0) throw new ApiError(400, `The batch size is ${batchSize}; ${gpus > 1 ? `${sharing} graphics cards` : `${nodes} nodes`} share it, so it has to be a multiple of ${sharing}.`, null, "hyperparameters.batch_size");
  return {
    id: newId("ftjob-"), model: request.model, created_at: now(), finished_at: null, fine_tuned_model: null, status: "validating_files",
    training_file: request.training_file, validation_file: request.validation_file ?? null, result_files: [], trained_tokens: null, error: null,
    method, seed: request.seed ?? Math.floor(Math.random() * 2147483647), suffix: request.suffix ?? null, metadata: request.metadata ?? null,
    hyperparameters: {
      n_epochs: asked.n_epochs ?? "auto", batch_size: batchSize, learning_rate_multiplier: given(asked.learning_rate_multiplier) ?? 1, ...(beta ? { beta } : {}),
      ...(max_steps ? { max_steps } : {}), ...(lora_rank ? { lora_rank } : {}), ...(lora_layers ? { lora_layers } : {}),
    },
    restarts: 0, adapter: null, checkpoints: [], ...place,
  };
}

function toPlace({ cluster: name, cpus, gpus, nodes }: z.infer<typeof creation>, findCluster: JobDependencies["findCluster"]): Pick<StoredJob, "place"> {
  if (!name) {
    const asked = Object.entries({ cpus, gpus, nodes }).find(([, value]) => value !== undefined && value !== null)?.[0];
    if (asked) throw new ApiError(400, `On this machine a training takes what there is; ${asked} is for a "cluster".`, null, asked);
    return {};
  }
  return { place: { cluster: findCluster(name), submission: "none", ...(cpus ? { cpus } : {}), ...(gpus ? { gpus } : {}), ...(nodes ? { nodes } : {}) } };
}

/** A value that was chosen; undefined when the choice was left to the engine. */
function given<Value>(value: Value | "auto" | null | undefined): Value | undefined {
  return value === "auto" || value === null ? undefined : value;
}

/** A job without what only the engine knows. */
function toShown({ restarts: _restarts, adapter: _adapter, checkpoints: _checkpoints, suffix, method, place, ...shown }: StoredJob) {
  return {
    object: "fine_tuning.job", ...shown, ...(place ? { compute: { cluster: place.cluster.name, cpus: place.cpus, gpus: place.gpus, nodes: place.nodes } } : {}),
    user_provided_suffix: suffix, organization_id: "local", integrations: [],
    method: { type: method, [method]: { hyperparameters: shown.hyperparameters } },
  };
}

function matches(job: StoredJob, context: Context): boolean {
  return Object.entries(context.req.query()).every(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
    return key === undefined || job.metadata?.[key] === value;
  });
}

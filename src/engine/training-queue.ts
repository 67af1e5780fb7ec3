import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { checkTrainingFile } from "./check-training-file.ts";
import { TrainingError, type Runner, type TrainingEvent } from "./runners/runner.ts";
import type { Store, StoredEvent, StoredJob } from "./store.ts";

/** How often a job is begun again after the engine was killed under it. */
const mostRestarts = 2;

export const now = (): number => Math.floor(Date.now() / 1000);
export const newId = (prefix: string): string => `${prefix}${randomBytes(12).toString("hex")}`;

/** Trains queued jobs, one at a time, oldest first. */
export interface TrainingQueue {
  /** Takes a new job, which is on disk already. */
  enter(job: StoredJob): void;
  cancel(job: StoredJob): Promise<StoredJob>;
  find(id: string): StoredJob | undefined;
  isBusy(): boolean;
  /** Says what became of the jobs that a killed engine left, and goes on with them. */
  recover(): Promise<void>;
  /** Ends the running training without an end for its job: the next engine goes on with it. */
  stop(): void;
}

export function createTrainingQueue({ store, runner, modelFolder }: { store: Store; runner: Runner; modelFolder: (model: string) => string }): TrainingQueue {
  let running: { readonly id: string; readonly abort: AbortController } | undefined;
  let stopped = false;

  const find = (id: string): StoredJob | undefined => store.jobs().find((job) => job.id === id);
  const say = (id: string, message: string, more: Partial<Pick<StoredEvent, "level" | "type" | "data">> = {}): void =>
    store.addEvent(id, { object: "fine_tuning.job.event", id: newId("ft-event-"), created_at: now(), level: "info", message, type: "message", data: null, ...more });

  async function change(id: string, part: Partial<StoredJob>): Promise<StoredJob> {
    const job = find(id);
    if (!job) throw new Error(`There is no job ${id}.`);
    const changed = { ...job, ...part };
    await store.saveJob(changed);
    return changed;
  }

  function next(): void {
    if (running || stopped) return;
    const waiting = store.jobs().findLast(({ status }) => status === "validating_files" || status === "queued");
    if (!waiting) return;
    running = { id: waiting.id, abort: new AbortController() };
    void run(waiting, running.abort.signal).finally(() => {
      running = undefined;
      next();
    });
  }

  async function run(job: StoredJob, signal: AbortSignal): Promise<void> {
    try {
      if (job.status === "validating_files") {
        say(job.id, `Validating training file: ${job.training_file}`);
        for (const file of [job.training_file, job.validation_file]) if (file) checkTrainingFile(store.dataOf(file));
        await change(job.id, { status: "queued" });
        say(job.id, "Files validated, moving job to queued state");
      }
      await change(job.id, { status: "running" });
      say(job.id, "Fine-tuning job started");
      await train(job, signal);
    } catch (error) {
      // When the engine ends, the job stays as it is, for the next one to go on with.
      if (stopped || find(job.id)?.status === "cancelled") return;
      const code = error instanceof TrainingError ? error.code : "unexpected";
      const message = error instanceof Error ? error.message : String(error);
      say(job.id, message, { level: "error" });
      await change(job.id, { status: "failed", finished_at: now(), error: { code, message, param: code === "invalid_training_file" ? "training_file" : null } });
    }
  }

  async function train(job: StoredJob, signal: AbortSignal): Promise<void> {
    const { n_epochs, batch_size, learning_rate_multiplier, max_steps, lora_rank, lora_layers } = job.hyperparameters;
    const resumeFrom = job.checkpoints.findLast(({ folder }) => existsSync(folder))?.folder;
    let settled: Promise<unknown> = Promise.resolve();
    const then = (act: () => Promise<unknown>): void => {
      settled = settled.then(act);
    };
    const report = (event: TrainingEvent): void => {
      if (event.type === "metrics" && isTold(event.step, event.totalSteps)) {
        const loss = event.metrics["train_loss"];
        say(job.id, `Step ${event.step}/${event.totalSteps}${loss === undefined ? "" : `: training loss=${loss.toFixed(2)}`}`, { type: "metrics", data: { step: event.step, total_steps: event.totalSteps, ...event.metrics } });
      }
      if (event.type === "checkpoint") then(() => addCheckpoint(job.id, event));
      if (event.type === "done") then(() => finish(job, event));
    };
    await runner.train({
      model: modelFolder(job.model), trainingFile: store.dataOf(job.training_file), output: store.folderOf(job.id), seed: job.seed,
      epochs: n_epochs, batchSize: batch_size, learningRateMultiplier: learning_rate_multiplier,
      ...(job.validation_file ? { validationFile: store.dataOf(job.validation_file) } : {}),
      ...(max_steps ? { maxSteps: max_steps } : {}), ...(lora_rank ? { loraRank: lora_rank } : {}), ...(lora_layers ? { loraLayers: lora_layers } : {}),
      ...(resumeFrom ? { resumeFrom } : {}),
    }, report, signal);
    await settled;
  }

  async function addCheckpoint(id: string, event: Extract<TrainingEvent, { type: "checkpoint" }>): Promise<void> {
    const job = find(id);
    if (!job) return;
    const model = `${tunedName(job)}:ckpt-step-${event.step}`;
    const checkpoint = { id: newId("ftckpt_"), created_at: now(), step_number: event.step, folder: event.folder, model, metrics: event.metrics };
    await change(id, { checkpoints: [...job.checkpoints, checkpoint].filter(({ folder }) => existsSync(folder)) });
    say(id, `Checkpoint created at step ${event.step}`);
  }

  async function finish(job: StoredJob, { adapter, trainedTokens }: Extract<TrainingEvent, { type: "done" }>): Promise<void> {
    const model = tunedName(job);
    await change(job.id, { status: "succeeded", finished_at: now(), adapter, trained_tokens: trainedTokens, fine_tuned_model: model });
    say(job.id, `New fine-tuned model created: ${model}`);
    say(job.id, "The job has successfully completed");
  }

  return {
    find,
    isBusy: () => running !== undefined,
    enter(job) {
      say(job.id, `Created fine-tuning job: ${job.id}`);
      next();
    },
    async cancel(job) {
      const cancelled = await change(job.id, { status: "cancelled", finished_at: now() });
      say(job.id, "Fine-tuning job cancelled");
      if (running?.id === job.id) running.abort.abort();
      return cancelled;
    },
    async recover() {
      for (const job of store.jobs().filter(({ status }) => status === "running")) {
        const step = store.events(job.id).findLast(({ type }) => type === "metrics")?.data?.["step"];
        const where = step === undefined ? "before the first step" : `at step ${step}`;
        if (job.restarts >= mostRestarts) {
          const message = `The engine stopped ${where}, after ${job.restarts} new beginnings; the job is not begun again. Is the machine's memory enough?`;
          await change(job.id, { status: "failed", finished_at: now(), error: { code: "engine_stopped", message, param: null } });
          say(job.id, message, { level: "error" });
        } else {
          await change(job.id, { status: "queued", restarts: job.restarts + 1 });
          const from = job.checkpoints.at(-1);
          say(job.id, `The engine stopped ${where}; training goes on from ${from ? `the checkpoint of step ${from.step_number}` : "the beginning"}.`, { level: "warn" });
        }
      }
      next();
    },
    stop() {
      stopped = true;
      running?.abort.abort();
    },
  };
}

/** Every step of a short training, about a hundred of a long one, always the first and the last. */
function isTold(step: number, total: number): boolean {
  return total <= 100 || step === 1 || step === total || step % Math.ceil(total / 100) === 0;
}

function tunedName({ id, model, suffix }: Pick<StoredJob, "id" | "model" | "suffix">): string {
  const base = model.split(/[\\/]/).at(-1) ?? model;
  return `ft:${base}:local:${suffix ?? ""}:${id.slice(-8)}`;
}

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { FileError } from "../workers/file-error.ts";
import { targetEpochs } from "../dataset/insight/default-epochs.ts";
import type { Journal } from "./journal.ts";
import { newId } from "./new-id.ts";
import { now } from "./now.ts";
import type { Pace } from "./pace.ts";
import type { Runner, TrainingEvent, TrainingRequest } from "./runners/runner.ts";
import { appendStep, stepsToCsv } from "./step-metrics.ts";
import type { Store } from "./store.ts";
import type { StoredJob } from "./stored.ts";

export interface TrainingDependencies {
  readonly store: Store;
  readonly journal: Journal;
  readonly runner: Runner;
  /** The folder of a base model, or its Hugging Face id. Throws an ApiError when there is none. */
  readonly modelFolder: (model: string) => string;
}

/**
 * Trains a job to its end: events, checkpoints, adapter and result file. Rejects with the runner's TrainingError, with a FileError when the
 * job's state cannot be kept, or with an Error written for the user; after an abort, with anything.
 */
export async function trainJob(job: StoredJob, { store, journal, runner, modelFolder }: TrainingDependencies, pace: Pace, signal: AbortSignal): Promise<void> {
  const keeping = new AbortController();
  let lost: unknown;
  let kept: Promise<unknown> = Promise.resolve();
  const keep = (act: () => Promise<unknown>): void => {
    kept = kept.then(act).catch((error: unknown) => {
      // What goes on after the state could no longer be kept would be lost.
      lost ??= error;
      keeping.abort();
    });
  };
  const report = (event: TrainingEvent): void => {
    if (event.type === "metrics") {
      pace.take(event.step, event.totalSteps, event.at ?? Date.now());
      keepStep(job.id, event, store, journal);
    }
    if (event.type === "checkpoint") keep(() => addCheckpoint(job.id, event, store, journal));
    if (event.type === "done") keep(() => finish(job, event, store, journal));
  };
  // On a cluster it is the same training still, whose checkpoints lie on the node.
  const checkpoint = job.place ? undefined : usableCheckpoint(job);
  if (checkpoint) journal.say(job.id, `Training goes on from the checkpoint of step ${checkpoint.step_number}`);
  await mkdir(store.folderOf(job.id), { recursive: true }).catch((error: unknown) => {
    throw new FileError("write", store.folderOf(job.id), error);
  });
  try {
    await runner.train(toRequest(job, store, modelFolder, checkpoint?.folder), report, AbortSignal.any([signal, keeping.signal]));
  } catch (error) {
    await kept;
    throw lost ?? error;
  }
  await kept;
  if (lost !== undefined) throw lost;
}

/** The last checkpoint of a job that is still there. */
export const usableCheckpoint = ({ checkpoints }: StoredJob): StoredJob["checkpoints"][number] | undefined => checkpoints.findLast(({ folder }) => existsSync(folder));

function toRequest(job: StoredJob, store: Store, modelFolder: (model: string) => string, resumeFrom: string | undefined): TrainingRequest {
  const { n_epochs, batch_size, learning_rate_multiplier, beta, max_steps, lora_rank, lora_layers } = job.hyperparameters;
  return {
    method: job.method,
    model: modelFolder(job.model), trainingFile: store.dataOf(job.training_file), output: store.folderOf(job.id), seed: job.seed,
    // It was resolved when the file was checked.
    epochs: n_epochs === "auto" ? targetEpochs : n_epochs,
    batchSize: batch_size, learningRateMultiplier: learning_rate_multiplier,
    ...(job.validation_file ? { validationFile: store.dataOf(job.validation_file) } : {}),
    ...(beta ? { beta } : {}), ...(max_steps ? { maxSteps: max_steps } : {}), ...(lora_rank ? { loraRank: lora_rank } : {}), ...(lora_layers ? { loraLayers: lora_layers } : {}),
    ...(resumeFrom ? { resumeFrom } : {}),
  };
}

function keepStep(id: string, { step, totalSteps, metrics }: Extract<TrainingEvent, { type: "metrics" }>, store: Store, journal: Journal): void {
  try {
    appendStep(store.folderOf(id), step, metrics);
  } catch {
    // The result file has a gap then; the training is worth more.
  }
  if (!isTold(step, totalSteps)) return;
  const loss = metrics["train_loss"] === undefined ? "" : `: training loss=${metrics["train_loss"].toFixed(2)}`;
  journal.say(id, `Step ${step}/${totalSteps}${loss}`, { type: "metrics", data: { step, total_steps: totalSteps, ...metrics } });
}

async function addCheckpoint(id: string, { step, folder, metrics }: Extract<TrainingEvent, { type: "checkpoint" }>, store: Store, journal: Journal): Promise<void> {
  const job = store.jobs().find((each) => each.id === id);
  if (!job) return;
  const checkpoint = { id: newId("ftckpt_"), created_at: now(), step_number: step, folder, model: `${tunedName(job)}:ckpt-step-${step}`, metrics };
  // Trained again after a kill, a step has its checkpoint anew; older ones are removed by the trainer.
  const others = job.checkpoints.filter((other) => other.step_number !== step && existsSync(other.folder));
  // It came further than before, so what killed the engine before is not in the way.
  if (await journal.change(id, { checkpoints: [...others, checkpoint], restarts: 0 })) journal.say(id, `Checkpoint created at step ${step}`);
}

async function finish(job: StoredJob, { adapter, trainedTokens }: Extract<TrainingEvent, { type: "done" }>, store: Store, journal: Journal): Promise<void> {
  const model = tunedName(job);
  const results = await saveResults(job.id, store, journal);
  const done = await journal.change(job.id, { status: "succeeded", finished_at: now(), adapter, trained_tokens: trainedTokens, fine_tuned_model: model, result_files: results });
  if (!done) return results.forEach((id) => store.deleteFile(id));
  journal.say(job.id, `New fine-tuned model created: ${model}`);
  journal.say(job.id, "The job has successfully completed");
}

/** Writes the figures of all steps as a stored file; a model is not refused for want of it. */
async function saveResults(job: string, store: Store, journal: Journal): Promise<string[]> {
  // Named for the job, so that one whose engine was killed here has it once all the same.
  const id = job.replace(/^ftjob-/, "file-");
  try {
    const csv = stepsToCsv(store.folderOf(job));
    await writeFile(store.dataOf(id), csv, { flush: true });
    await store.saveFile({ id, object: "file", bytes: Buffer.byteLength(csv), created_at: now(), filename: "step_metrics.csv", purpose: "fine-tune-results", status: "processed" });
    return [id];
  } catch (error) {
    journal.say(job, `There is no result file. ${new FileError("write", store.dataOf(id), error).message}`, { level: "warn" });
    return [];
  }
}

/** Every step of a short training, about a hundred of a long one, always the first and the last. */
function isTold(step: number, total: number): boolean {
  return total <= 100 || step === 1 || step === total || step % Math.ceil(total / 100) === 0;
}

function tunedName({ id, model, suffix }: Pick<StoredJob, "id" | "model" | "suffix">): string {
  const base = model.split(/[\\/]/).at(-1) ?? model;
  return `ft:${base}:local:${suffix ?? ""}:${id.slice(-8)}`;
}

import type { CheckTrainingFile, FileUse } from "./check-training-file.ts";
import { defaultEpochs } from "../dataset/insight/default-epochs.ts";
import { errorCode } from "./error-code.ts";
import { createJournal } from "./journal.ts";
import { createLane } from "./lane.ts";
import { now } from "./now.ts";
import { createRayExecutor, isRemote, type RayExecutorDependencies, type RemoteJob } from "./executors/ray/executor.ts";
import { createPace, type Pace } from "./pace.ts";
import { TrainingError, type Runner } from "./runners/runner.ts";
import type { Store } from "./store.ts";
import { hasEnded, type StoredJob } from "./stored.ts";
import { trainJob, usableCheckpoint } from "./train-job.ts";

/** How often a job is begun again without coming further, after the engine was killed under it. */
const mostRestarts = 2;

/** How many jobs are followed on clusters, which have queues of their own, at a time. */
const mostRemote = 16;

/** Checks the files of new jobs and trains queued ones, oldest first: on this machine one at a time, on clusters all that are there. */
export interface TrainingQueue {
  /** Takes a new job, which is on disk already. */
  enter(job: StoredJob): void;
  /** Resolves when the job is on disk as cancelled; undefined when it had ended already. Rejects with a FileError. */
  cancel(id: string): Promise<StoredJob | undefined>;
  find(id: string): StoredJob | undefined;
  /** When a running training will be done, in seconds since 1970; undefined before two steps. */
  estimatedFinish(id: string): number | undefined;
  isBusy(): boolean;
  /** Says what became of the jobs that a killed engine left, and goes on with them. */
  recover(): Promise<void>;
  /** Ends the running training without an end for its job: the next engine goes on with it. Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

export interface QueueDependencies {
  readonly store: Store;
  readonly runner: Runner;
  /** How jobs run on clusters. */
  readonly ray: Omit<RayExecutorDependencies, "store" | "journal">;
  readonly checkFile: CheckTrainingFile;
  /** The folder of a base model, or its Hugging Face id. Throws an ApiError when there is none. */
  readonly modelFolder: (model: string) => string;
  /** Is told what the disk does not take. */
  readonly tell: (line: string) => void;
}

export function createTrainingQueue({ store, runner, ray, checkFile, modelFolder, tell }: QueueDependencies): TrainingQueue {
  const journal = createJournal(store, tell);
  const paces = new Map<string, Pace>();
  let stopped = false;

  const validating = createLane(store, (job): job is StoredJob => job.status === "validating_files", 1, (job, signal) => attend(job, signal, async () => {
    journal.say(job.id, `Validating training file: ${job.training_file}`);
    const records = await check(job, job.training_file, "training", signal);
    if (job.validation_file) await check(job, job.validation_file, "validation", signal);
    const { n_epochs, ...others } = job.hyperparameters;
    const hyperparameters = { n_epochs: n_epochs === "auto" ? defaultEpochs(records) : n_epochs, ...others };
    if (await journal.change(job.id, { status: "queued", hyperparameters })) journal.say(job.id, "Files validated, moving job to queued state");
    for (const lane of [training, remote]) lane.wake();
  }));

  const training = createLane(store, (job): job is StoredJob => job.status === "queued" && !isRemote(job), 1, (job, signal) => attend(job, signal, async () => {
    const started = await journal.change(job.id, { status: "running" });
    if (!started) return;
    journal.say(job.id, "Fine-tuning job started");
    await train(started, runner, modelFolder, signal);
  }));

  const executor = createRayExecutor({ store, journal, ...ray });
  /** A job is running when its cluster says so; the next engine reads on where this one stopped. */
  const remote = createLane(store, (job): job is RemoteJob => isRemote(job) && (job.status === "queued" || job.status === "running"), mostRemote, async (job, signal) => {
    const onNodes = (model: string): string => job.place.cluster.models?.[model] ?? modelFolder(model);
    await attend(job, signal, () => train(job, executor.runnerFor(job), onNodes, signal));
  }, () => settling.wake());
  const settling = createLane(store, (job): job is RemoteJob => isRemote(job) && hasEnded(job) && job.place.submission !== "settled" && !remote.has(job.id), mostRemote, async (job, signal) => {
    try {
      await executor.settle(job, signal);
    } catch (error) {
      if (signal.aborted) return;
      // The next engine tries again.
      tell(`Job ${job.id}: ${error instanceof Error ? error.message : String(error)}`);
      store.holdJob({ ...job, place: { ...job.place, submission: "settled" } });
    }
  });

  async function train(job: StoredJob, by: Runner, folderOf: (model: string) => string, signal: AbortSignal): Promise<void> {
    const pace = createPace();
    paces.set(job.id, pace);
    await trainJob(job, { store, journal, runner: by, modelFolder: folderOf }, pace, signal).finally(() => paces.delete(job.id));
  }

  /** What runs on a cluster goes on there, whatever becomes of this engine. */
  const isRunningHere = (job: StoredJob): boolean => job.status === "running" && !isRemote(job);
  const find = (id: string): StoredJob | undefined => store.jobs().find((job) => job.id === id);

  async function check({ method }: StoredJob, file: string, use: FileUse, signal: AbortSignal): Promise<number> {
    if (!store.files().some(({ id }) => id === file)) throw new TrainingError(`invalid_${use}_file`, `The ${use} file ${file} was deleted before the job began. Upload it again and create a new job.`);
    return checkFile(store.dataOf(file), use, method, signal);
  }

  /** Acts for a job, which has failed when that rejects. */
  async function attend(job: StoredJob, signal: AbortSignal, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      // It is cancelled, and on disk as such; or the engine ends, and the next one goes on with it.
      if (signal.aborted) return;
      const code = errorCode(error) ?? "unexpected";
      const message = error instanceof Error ? error.message : String(error);
      const param = /^invalid_(training|validation)_file$/.exec(code);
      const failed = await journal.changeOrHold(job.id, { status: "failed", finished_at: now(), error: { code, message, param: param ? `${param[1]}_file` : null } });
      if (failed) journal.say(job.id, message, { level: "error" });
    }
  }

  /** Where a running job stands, in words. */
  function standOf(id: string): string {
    try {
      const step = store.events(id).findLast(({ type }) => type === "metrics")?.data?.["step"];
      return step === undefined ? "before the first step" : `at step ${step}`;
    } catch {
      return "at a step that cannot be read";
    }
  }

  return {
    find,
    estimatedFinish(id) {
      const time = paces.get(id)?.finish();
      return time === undefined ? undefined : Math.round(time / 1000);
    },
    isBusy: () => [validating, training, remote].some((lane) => lane.isBusy()),
    enter(job) {
      journal.say(job.id, `Created fine-tuning job: ${job.id}`);
      validating.wake();
    },
    async cancel(id) {
      const cancelled = await journal.change(id, { status: "cancelled", finished_at: now() });
      if (!cancelled) return undefined;
      journal.say(id, "Fine-tuning job cancelled");
      for (const lane of [validating, training, remote]) lane.abort(id);
      settling.wake();
      return cancelled;
    },
    async recover() {
      for (const job of store.jobs().filter(isRunningHere)) {
        if (job.restarts >= mostRestarts) {
          const message = `The engine stopped ${standOf(job.id)}, after ${job.restarts} new beginnings; the job is not begun again. Is the machine's memory enough?`;
          await journal.changeOrHold(job.id, { status: "failed", finished_at: now(), error: { code: "engine_stopped", message, param: null } });
          journal.say(job.id, message, { level: "error" });
        } else {
          await journal.changeOrHold(job.id, { status: "queued", restarts: job.restarts + 1 });
          const from = usableCheckpoint(job);
          journal.say(job.id, `The engine stopped ${standOf(job.id)}; training goes on from ${from ? `the checkpoint of step ${from.step_number}` : "the beginning"}.`, { level: "warn" });
        }
      }
      if (stopped) return;
      for (const lane of [validating, training, remote, settling]) lane.wake();
    },
    async stop() {
      stopped = true;
      await Promise.all([validating, training, remote, settling].map((lane) => lane.stop()));
      for (const { id } of store.jobs().filter(isRunningHere)) {
        await journal.changeOrHold(id, { status: "queued" });
        journal.say(id, `The engine was ended ${standOf(id)}; training goes on when it is started again.`, { level: "warn" });
      }
    },
  };
}

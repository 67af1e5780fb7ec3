import { createWriteStream, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Journal } from "../../journal.ts";
import { TrainingError, type Runner, type TrainingRequest } from "../../runners/runner.ts";
import { trlCommand } from "../../runners/trl-command.ts";
import type { Store } from "../../store.ts";
import type { RemotePlace, StoredJob } from "../../stored.ts";
import type { Clusters } from "../clusters.ts";
import { RayError } from "./ask.ts";
import { createRayClient, hasEndedOnCluster, type RayClient } from "./client.ts";
import { followSubmission, forgotten, usualPauses, type Pauses } from "./follow.ts";
import { packFiles, type PackageFile } from "./package.ts";
import { createPatience, type Patience } from "./patience.ts";
import { furtherSubmissions, markOf, submissionId, toSubmission, type SubmissionParts } from "./submission.ts";
import { createUntold } from "./untold.ts";

/** A job that runs on a cluster. */
export type RemoteJob = StoredJob & { readonly place: RemotePlace };
export const isRemote = (job: StoredJob): job is RemoteJob => job.place !== undefined;

/** Trains on Ray clusters, through their Jobs API. */
export interface RayExecutor {
  /** Trains this one job: submits it where the cluster does not know it yet, and reads on where it does. */
  runnerFor(job: RemoteJob): Runner;
  /** Sees to it that nothing of a job that has ended is left on its cluster. Rejects with the signal's reason only. */
  settle(job: RemoteJob, signal: AbortSignal): Promise<void>;
}

export interface RayExecutorDependencies {
  readonly store: Store;
  readonly journal: Journal;
  readonly clusters: Pick<Clusters, "tokenOf">;
  /** The folder of the Python scripts. */
  readonly scripts: string;
  readonly pauses?: Pauses;
}

/** Milliseconds after which a submission that has trained to its end is stopped, and how often in a row the cluster says that it knows nothing of it. */
const settlePatience = 30_000;
const looks = 3;
const never = new AbortController().signal;

export function createRayExecutor({ store, journal, clusters, scripts, pauses = usualPauses }: RayExecutorDependencies): RayExecutor {
  function connect({ id, place: { cluster, submission } }: RemoteJob, signal: AbortSignal): { readonly client: RayClient; readonly patience: Patience } {
    const client = createRayClient(cluster.address, () => clusters.tokenOf(cluster));
    const say = (message: string, level: "warn" | "info"): void => journal.say(id, message, { level });
    // What the cluster has is not lost because the engine, started anew, was not told the token yet.
    const forToken = (): boolean => submission !== "none" || store.jobs().find((job) => job.id === id)?.place?.submission !== "none";
    return { client, patience: createPatience({ name: cluster.name, forToken, say, signal, pauses: pauses.unreachable }) };
  }

  async function mark(id: string, submission: RemotePlace["submission"]): Promise<void> {
    await store.changeJob(id, ({ place }) => place && { place: { ...place, submission } });
  }

  /** Sends what the cluster has not; of two engines or tries that submit, one does. */
  async function submit(job: RemoteJob, request: TrainingRequest, client: RayClient, patience: Patience, signal: AbortSignal): Promise<void> {
    const { id, place } = job;
    const { name } = place.cluster;
    const known = await patience.with(() => client.find(submissionId(id), signal));
    if (known) {
      if (place.submission !== "accepted") await accept(job);
      return;
    }
    if (place.submission === "accepted") throw forgotten(name, submissionId(id));
    await send(job, request, client, patience, signal, () => mark(id, "sending"));
    await accept(job);
  }

  /** Posts the submission of one node, by default the first, and what it needs, where the cluster has it not. */
  async function send(job: RemoteJob, request: TrainingRequest, client: RayClient, patience: Patience, signal: AbortSignal, before: () => Promise<void>, further?: SubmissionParts["further"]): Promise<void> {
    const { id, place } = job;
    const { name } = place.cluster;
    const draft = join(request.output, further ? `package-${further.node}.zip` : "package.zip");
    try {
      const pack = await packFiles(packageFiles(scripts, request), draft);
      const posted = toSubmission({ job, place, model: request.model, request: onNode(request), packageName: pack.name, requirements: requirementsOf(scripts), ...(further ? { further } : {}) });
      await patience.with(async () => {
        if (await client.find(posted.submission_id, signal)) return;
        if (!(await client.hasPackage(pack.name, signal))) {
          journal.say(id, `Sending dataset and code to the cluster ${name}: ${Math.ceil(pack.bytes / 1000).toLocaleString("en")} kB`);
          await client.putPackage(pack.name, pack, signal);
        }
        await before();
        signal.throwIfAborted();
        // Not cut off halfway: what was sent has to be known, to be stopped.
        await client.submit(posted, never);
      });
    } catch (error) {
      throw error instanceof RayError ? new TrainingError("cluster_refused", `The cluster ${name} does not take the job: ${error.message}.`) : error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** Has the further nodes of a job come to where its first one waits. */
  async function meet(job: RemoteJob, request: TrainingRequest, meeting: string, client: RayClient, patience: Patience, signal: AbortSignal): Promise<void> {
    const further = furtherSubmissions(job);
    for (const node of further.keys()) await send(job, request, client, patience, signal, async () => undefined, { node: node + 1, meeting });
    if (further.length > 0) journal.say(job.id, `${further.length + 1} nodes of the cluster ${job.place.cluster.name} train together`);
  }

  async function accept({ id, place }: RemoteJob): Promise<void> {
    await mark(id, "accepted");
    journal.say(id, `The cluster ${place.cluster.name} has taken the job as ${submissionId(id)}`);
  }

  async function train(job: RemoteJob, request: TrainingRequest, report: Parameters<Runner["train"]>[1], signal: AbortSignal): Promise<void> {
    const { id, place: { cluster } } = job;
    const { client, patience } = connect(job, signal);
    await submit(job, request, client, patience, signal).catch((error: unknown) => {
      throw error instanceof RayError ? new TrainingError("cluster_refused", `The cluster ${cluster.name} cannot be used: ${error.message}.`) : error;
    });
    const log = createWriteStream(join(request.output, "training.log"), { flags: "w" });
    // A log that cannot be written, on a full disk say, must not take the engine with it.
    log.on("error", () => undefined);
    try {
      await followSubmission({
        client, patience, id: submissionId(id), cluster: cluster.name, mark: markOf(id), output: request.output, untold: createUntold(job, store.events(id)), report,
        other: (line) => void log.write(`${line}\n`),
        waiting: (why) => journal.say(id, `The job waits on the cluster ${cluster.name}${why === "" ? "" : `: ${why}`}`),
        async running() {
          if (store.jobs().find((each) => each.id === id)?.status !== "queued") return;
          if (await journal.change(id, { status: "running" })) journal.say(id, "Fine-tuning job started");
        },
        meet: (address) => meet(job, request, address, client, patience, signal),
        pauses, signal,
      });
    } finally {
      log.end();
    }
  }

  async function settle(job: RemoteJob, signal: AbortSignal): Promise<void> {
    if (job.place.submission !== "none") await Promise.all([submissionId(job.id), ...furtherSubmissions(job)].map((submitted) => settleOne(job, submitted, signal)));
    await mark(job.id, "settled");
  }

  async function settleOne(job: RemoteJob, submitted: string, signal: AbortSignal): Promise<void> {
    const { id, status } = job;
    const { client, patience } = connect(job, signal);
    const began = Date.now();
    let stopped = false;
    // Once is not enough: what was being sent when the job was cancelled may come a moment later than the question, and Ray's own watch over a submission
    // writes one that was deleted under its eyes anew, as failed (ray 2.60, `JobManager._monitor_job_internal`).
    for (let gone = 0; gone < looks; ) {
      const known = await patience.with(() => client.find(submitted, signal));
      gone = known ? 0 : gone + 1;
      try {
        if (known && hasEndedOnCluster(known)) await patience.with(() => client.delete(submitted, signal));
        // What has trained to its end ends by itself.
        else if (known && !stopped && (status !== "succeeded" || Date.now() - began > settlePatience)) {
          stopped = true;
          await patience.with(() => client.stop(submitted, signal));
        }
      } catch (error) {
        if (!(error instanceof RayError)) throw error;
        journal.say(id, `The cluster keeps ${submitted}: ${error.message}.`, { level: "warn" });
        break;
      }
      await delay(pauses.settle, undefined, { signal });
    }
  }

  return {
    runnerFor: (job) => ({ id: "ray", train: (request, report, signal) => train(job, request, report, signal) }),
    settle,
  };
}

/** train.py's request, as it is on the node: files lie in the working folder. */
function onNode(request: TrainingRequest): object {
  return trlCommand({ ...request, trainingFile: "training.jsonl", output: "", ...(request.validationFile ? { validationFile: "validation.jsonl" } : {}) });
}

function packageFiles(scripts: string, { trainingFile, validationFile }: TrainingRequest): PackageFile[] {
  const code = readdirSync(scripts).filter((name) => name.endsWith(".py")).map((name) => ({ name, path: join(scripts, name) }));
  return [...code, { name: "training.jsonl", path: trainingFile }, ...(validationFile ? [{ name: "validation.jsonl", path: validationFile }] : [])];
}

function requirementsOf(scripts: string): string[] {
  return readFileSync(join(scripts, "requirements.txt"), "utf8").split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

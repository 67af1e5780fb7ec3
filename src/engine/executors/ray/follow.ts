import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { TrainingError, type TrainingEvent } from "../../runners/runner.ts";
import { readTrlLine } from "../../runners/trl-log.ts";
import { RayError } from "./ask.ts";
import { hasEndedOnCluster, type RayClient, type RayJob } from "./client.ts";
import { readLogLines } from "./log-lines.ts";
import type { Patience } from "./patience.ts";
import { filePart, receiveFiles } from "./received-files.ts";
import type { Untold } from "./untold.ts";

/** Milliseconds between two looks. */
export interface Pauses {
  /** At a submission that waits for its resources or environment. */
  readonly pending: number;
  /** At the log, where it cannot be followed. */
  readonly log: number;
  /** At what is to be stopped or deleted. */
  readonly settle: number;
  /** At a cluster that is away; the last one counts for all that follow. */
  readonly unreachable: readonly number[];
}
export const usualPauses: Pauses = { pending: 3000, log: 3000, settle: 2000, unreachable: [1000, 2000, 5000, 10_000, 30_000] };

/** So many checkpoints are kept, as train.py keeps them. */
const keptCheckpoints = 3;
/** A log that could not be followed so often, with nothing read, is asked for instead. */
const mostTailFailures = 2;

export interface Follow {
  readonly client: RayClient;
  readonly patience: Patience;
  /** The submission, and the cluster's name. */
  readonly id: string;
  readonly cluster: string;
  readonly mark: string;
  /** The job's folder. */
  readonly output: string;
  readonly untold: Untold;
  readonly report: (event: TrainingEvent) => void;
  /** Is told each line of the log that is no message. */
  readonly other: (line: string) => void;
  /** Is told what the submission waits for, whenever the cluster says something new of it. */
  readonly waiting: (message: string) => void;
  readonly running: () => Promise<void>;
  /** Has the further nodes come to where the first one waits; is told it again each time the log is read from its beginning. Rejects with a TrainingError. */
  readonly meet: (address: string) => Promise<void>;
  readonly pauses: Pauses;
  readonly signal: AbortSignal;
}

/** Where the first node waits for the others. */
const meeting = z.object({ type: z.literal("meeting"), address: z.string().regex(/^[\w.:-]+:\d+$/) });

/** Reads a submission's log to its end, from the beginning on: each message once, however often the connection breaks. Rejects with a TrainingError, a FileError, or the signal's reason. */
export async function followSubmission(follow: Follow): Promise<void> {
  const { client, patience, id, cluster, mark, output, untold, report, other, pauses, signal } = follow;
  const files = receiveFiles(output);
  let failure: TrainingError | undefined;
  let done = false;
  let read = 0;
  let tailFailures = 0;
  // Over before this function is: what is sent later would be left behind by whoever sees to it that nothing is.
  let meetings: Promise<void> = Promise.resolve();

  const lines = readLogLines(mark, (said) => {
    const part = filePart.safeParse(said);
    if (part.success) {
      if (untold.isNewFolder(part.data.folder)) files.take(part.data);
      return;
    }
    const met = meeting.safeParse(said);
    if (met.success) {
      // The first node waits in vain where the others cannot come, so its submission is stopped, and the reason told.
      meetings = meetings.then(() => follow.meet(met.data.address)).catch((error: unknown) => {
        if (signal.aborted) return undefined;
        failure ??= error instanceof TrainingError ? error : undefined;
        return client.stop(id, signal);
      }).catch(() => undefined);
      return;
    }
    const event = readEvent(said);
    if (!event) return;
    if (failure !== undefined || !untold.isNew(event)) return;
    if (event.type === "done") files.require("adapter");
    if (event.type === "checkpoint") files.require(`checkpoint-${event.step}`);
    report(event);
    if (event.type === "checkpoint") removeOldCheckpoints(output);
    done ||= event.type === "done";
  }, other);

  function readEvent(said: unknown): TrainingEvent | undefined {
    try {
      const event = readTrlLine(said);
      return event && at(output, event);
    } catch (error) {
      if (!(error instanceof TrainingError)) throw error;
      failure ??= error;
      return undefined;
    }
  }

  /** Takes a piece of the log that begins so many characters from its beginning, but for what was read before. */
  const takePiece = (piece: string, begin: number): void => {
    const end = begin + piece.length;
    if (end <= read) return;
    const fresh = piece.slice(Math.max(0, read - begin));
    read = end;
    lines.add(fresh);
  };

  const readWhole = async (): Promise<void> => takePiece(await patience.with(() => client.log(id, signal)), 0);

  async function readOn(): Promise<void> {
    const before = read;
    if (tailFailures < mostTailFailures) {
      let begin = 0;
      try {
        await client.tail(id, (piece) => {
          takePiece(piece, begin);
          begin += piece.length;
        }, signal);
        if (read > before) return;
      } catch (error) {
        if (!(error instanceof RayError)) throw error;
        tailFailures = read > before ? 0 : tailFailures + 1;
      }
    }
    await readWhole();
    await delay(pauses.log, undefined, { signal });
  }

  try {
    await followToEnd();
  } finally {
    await meetings;
  }

  async function followToEnd(): Promise<void> {
    for (let waitedFor = ""; ;) {
      const job = await patience.with(() => client.find(id, signal));
      if (!job) throw forgotten(cluster, id);
      if (job.status === "PENDING") {
        const why = job.message ?? "";
        if (why !== waitedFor) follow.waiting(why);
        waitedFor = why;
        await delay(pauses.pending, undefined, { signal });
        continue;
      }
      if (hasEndedOnCluster(job)) {
        // Nothing is added to the log of a submission that has ended.
        await readWhole();
        lines.end();
        if (failure) throw failure;
        if (!done) throw early(job, cluster);
        return;
      }
      await follow.running();
      await readOn();
      if (done) return;
    }
  }
}

/** What is said of a cluster that does not know any more what it had accepted. */
export function forgotten(cluster: string, id: string): TrainingError {
  return new TrainingError("cluster_forgot", `The cluster ${cluster} does not know the submission ${id} any more: it was restarted, or the submission was deleted there. Start the job again.`);
}

/** Folders are told as they are on the node, and are to be where they were received. */
function at(output: string, event: TrainingEvent): TrainingEvent {
  if (event.type === "checkpoint") return { ...event, folder: join(output, `checkpoint-${event.step}`) };
  return event.type === "done" ? { ...event, adapter: join(output, "adapter") } : event;
}

function removeOldCheckpoints(output: string): void {
  const steps = readdirSync(output).flatMap((name) => (/^checkpoint-\d+$/.test(name) ? [Number(name.slice("checkpoint-".length))] : []));
  for (const step of steps.sort((a, b) => b - a).slice(keptCheckpoints)) rmSync(join(output, `checkpoint-${step}`), { recursive: true, force: true });
}

function early({ status, message: said, error_type: kind }: RayJob, cluster: string): TrainingError {
  const words = (said ?? "").trim().split("\n").filter((line) => line.trim() !== "").slice(-5).join("\n");
  const why = words === "" ? "" : ` It says:\n${words}`;
  if (status === "STOPPED") return new TrainingError("cluster_stopped", `The job was stopped on the cluster ${cluster}.`);
  if (kind === "RUNTIME_ENV_SETUP_FAILURE") return new TrainingError("cluster_environment", `The cluster ${cluster} could not make the environment to train in. Name an interpreter on its nodes as "python" of the cluster in your settings, or other "packages".${why}`);
  if (kind?.startsWith("JOB_SUPERVISOR_ACTOR") === true) return new TrainingError("cluster_not_started", `The cluster ${cluster} could not start the job; has it the resources that "compute" asks for?${why}`);
  return new TrainingError("runner_ended", `The training ended on the cluster ${cluster} before it was done.${why}`);
}

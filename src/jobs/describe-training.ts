import { span } from "./describe-job.ts";
import { isFinished, type Checkpoint, type Job, type JobEvent } from "./job.ts";
import { methodTitles } from "./method.ts";
import type { JobProgress } from "./progress.ts";

/** A name and what it is, as words. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Something that happened, or is expected to; milliseconds since 1970. */
export interface Moment {
  readonly at: number;
  readonly text: string;
  readonly level: JobEvent["level"];
  readonly expected?: true;
}

/** What is known of a job besides its curves. `now` is milliseconds since 1970. */
export function factsOf(job: Job, progress: JobProgress | undefined, now: number): readonly Fact[] {
  const { id, baseModel, tunedModel, method, cost, trainedTokens, seed, startedAt, createdAt, finishedAt, trainingFile, validationFile } = job;
  const took = (finishedAt ?? (isFinished(job) ? createdAt : now)) - (startedAt ?? createdAt);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Job", id],
    ["Base model", baseModel],
    ["Tuned model", tunedModel],
    ["Method", method && methodTitles[method]],
    [isFinished(job) ? "Cost" : "Expected cost", cost && cost.amount.toLocaleString("en", { style: "currency", currency: cost.currency, maximumFractionDigits: cost.amount < 1 ? 4 : 2 })],
    ["Tokens trained on", trainedTokens?.toLocaleString("en")],
    ["Steps", progress && `${progress.step.toLocaleString("en")}${progress.totalSteps === undefined ? "" : ` of ${progress.totalSteps.toLocaleString("en")}`}`],
    ["Time", took > 0 ? span(took) : undefined],
    ["Seed", seed === undefined ? undefined : String(seed)],
    ["Training file", trainingFile],
    ["Validation file", validationFile],
  ];
  return facts.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [{ name, value }]));
}

/** The hyperparameters under the service's own names. */
export function parametersOf({ hyperparameters }: Job): readonly Fact[] {
  return Object.entries(hyperparameters).map(([name, value]) => ({ name, value: String(value) }));
}

/** A job's events of single steps are its curves; what else happened is its timeline, in order of time. Of equal texts at one moment one is told. */
export function timelineOf(job: Job, events: readonly JobEvent[], checkpoints: readonly Checkpoint[], progress: JobProgress | undefined): readonly Moment[] {
  const end = progress?.estimatedFinish ?? job.estimatedFinish;
  const told = events.filter(({ metrics }) => metrics?.["step"] === undefined).map(({ createdAt, message, level }): Moment => ({ at: createdAt, text: message, level }));
  const moments: readonly (Moment | undefined)[] = [
    { at: job.createdAt, text: "Created", level: "info" },
    job.startedAt === undefined ? undefined : { at: job.startedAt, text: "Started", level: "info" },
    ...told,
    ...checkpoints.map(({ createdAt, step }): Moment => ({ at: createdAt, text: `Checkpoint at step ${step.toLocaleString("en")}`, level: "info" })),
    job.finishedAt === undefined ? undefined : { at: job.finishedAt, text: job.error ? `Ended: ${job.error.message}` : `Ended: ${job.status}`, level: job.status === "failed" ? "error" : "info" },
    isFinished(job) || end === undefined ? undefined : { at: end, text: "Expected to end", level: "info", expected: true },
  ];
  const all = moments.filter((moment) => moment !== undefined).sort((one, other) => one.at - other.at);
  return all.filter(({ at, text }, index) => all.findIndex((other) => other.at === at && other.text === text) === index);
}

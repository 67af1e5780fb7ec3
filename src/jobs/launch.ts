import type { Job } from "./job.ts";
import type { Json } from "./json.ts";
import type { LaunchRequest } from "./provider.ts";

/** The key under which a launch's id goes with the job to the provider. */
export const launchKey = "tunesmith_launch";

/**
 * How far a launch has come. Each step is on disk before the next is begun:
 * `intended`, `uploaded` (the file is there), `requested` (the request that creates may have left), `created` (the job is known),
 * `ended` (the user was told how it ended), `refused` (there is no job, and why).
 */
export type LaunchStep = "intended" | "uploaded" | "requested" | "created" | "ended" | "refused";

/** One intention to fine-tune, and what became of it. Times are milliseconds since 1970. */
export interface Launch {
  readonly id: string;
  readonly provider: string;
  readonly createdAt: number;
  /** When it came to its step. */
  readonly changedAt: number;
  readonly dataset: LaunchedFile;
  readonly validation?: LaunchedFile;
  /** The path of the file that both were split from. */
  readonly splitFrom?: string;
  readonly request: Omit<LaunchRequest, "trainingFile" | "validationFile" | "metadata">;
  /** The path of the launch file that it was started from. */
  readonly launchFile?: string;
  /** What is to be evaluated once the job has succeeded: the path of the test file. */
  readonly test?: string;
  readonly step: LaunchStep;
  /** The provider's id of the uploaded training file. */
  readonly trainingFile?: string;
  readonly validationFile?: string;
  /** The provider's id of the job. */
  readonly job?: string;
  /** Why there is no job, for the user. */
  readonly reason?: string;
  /** How the job failed, where it did, and which lines of the user's file are to blame. */
  readonly failure?: LaunchFailure;
  /** What its run record says besides. */
  readonly origin?: LaunchOrigin;
}

/** What a launch came from, as it was then: a launch file may say something else later. */
export interface LaunchOrigin {
  /** The folder whose `.tunesmith/runs` keeps its record. */
  readonly root: string;
  /** What the launch file said. */
  readonly content: { readonly [name: string]: Json };
  readonly tokens?: { readonly training: LaunchedTokens; readonly validation?: LaunchedTokens };
  /** Of Tunesmith, and of what trains where that is known. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The tokens of a file, from the least to the most. */
export interface LaunchedTokens {
  readonly least: number;
  readonly most: number;
}

/** How a launch's job failed. */
export interface LaunchFailure {
  readonly code?: string;
  readonly message: string;
  /** Of which file it speaks. */
  readonly file: "training" | "validation";
  readonly lines: readonly FailedLine[];
  /** Set where it names lines, and the file is not any more as it was uploaded. */
  readonly changed?: true;
}

/** A line that a provider refused, as it was when it was uploaded. */
export interface FailedLine {
  /** From 1, in the file that was uploaded. */
  readonly line: number;
  /** Of its text without line break, as 64 hexadecimal digits, and its length in the file: by them it is found again wherever it has come to. */
  readonly sha256: string;
  readonly byteLength: number;
  /** What the provider says of it. */
  readonly words: string;
}

/** A file as it was when the launch began. */
export interface LaunchedFile {
  readonly path: string;
  /** Of its bytes, as 64 hexadecimal digits. */
  readonly sha256: string;
  readonly records: number;
}

/** Where launches are kept. `save` resolves when the launch is on disk. */
export interface Ledger {
  list(): Promise<readonly Launch[]>;
  save(launch: Launch): Promise<void>;
}

/** The launch that made a job, by the metadata that the job carries or by the job's id. */
export function launchOf(job: Pick<Job, "provider" | "id" | "metadata">, launches: readonly Launch[]): Launch | undefined {
  const id = job.metadata?.[launchKey];
  return launches.find((launch) => launch.provider === job.provider && (launch.job === job.id || (id !== undefined && launch.id === id)));
}

/** Steps of a launch that is under way, or was cut off and has not been reconciled yet. */
const open: ReadonlySet<LaunchStep> = new Set(["intended", "uploaded", "requested"]);

/** Whether nobody knows yet what becomes of the launch. */
export function isOpen({ step }: Pick<Launch, "step">): boolean {
  return open.has(step);
}

/** Other launches of the same bytes, model and parameters at the same provider that led to a job or may still do, the newest first: most likely one too many. */
export function sameLaunches(launch: Pick<Launch, "id" | "provider" | "dataset" | "validation" | "request">, launches: readonly Launch[]): readonly Launch[] {
  const key = identity(launch);
  return launches.filter((other) => other.id !== launch.id && other.step !== "refused" && identity(other) === key).sort((a, b) => b.createdAt - a.createdAt);
}

function identity({ provider, dataset, validation, request: { model, suffix, seed, method = "sft", hyperparameters, grader, compute } }: Pick<Launch, "provider" | "dataset" | "validation" | "request">): string {
  return JSON.stringify([provider, dataset.sha256, validation?.sha256 ?? null, model, suffix ?? null, seed ?? null, method, sorted(hyperparameters), grader ?? null, sorted(compute ?? {})]);
}

function sorted(values: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

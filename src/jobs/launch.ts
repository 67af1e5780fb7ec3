import type { Job } from "./job.ts";
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
  readonly request: Pick<LaunchRequest, "model" | "suffix" | "seed" | "hyperparameters">;
  readonly step: LaunchStep;
  /** The provider's id of the uploaded training file. */
  readonly trainingFile?: string;
  readonly validationFile?: string;
  /** The provider's id of the job. */
  readonly job?: string;
  /** Why there is no job, for the user. */
  readonly reason?: string;
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

/** Earlier launches of the same bytes, model and parameters at the same provider that led to a job, the newest first: most likely one too many. */
export function sameLaunches(launch: Pick<Launch, "provider" | "dataset" | "request">, launches: readonly Launch[]): readonly Launch[] {
  const key = identity(launch);
  return launches.filter((other) => (other.step === "created" || other.step === "ended") && identity(other) === key).sort((a, b) => b.createdAt - a.createdAt);
}

function identity({ provider, dataset, request: { model, suffix, seed, hyperparameters } }: Pick<Launch, "provider" | "dataset" | "request">): string {
  const parameters = Object.entries(hyperparameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([provider, dataset.sha256, model, suffix ?? null, seed ?? null, parameters]);
}

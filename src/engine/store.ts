import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";

/** A file as OpenAI's API shows it. */
export interface StoredFile {
  readonly id: string;
  readonly object: "file";
  readonly bytes: number;
  readonly created_at: number;
  readonly filename: string;
  readonly purpose: string;
  readonly status: "processed";
}

export type JobStatus = "validating_files" | "queued" | "running" | "succeeded" | "failed" | "cancelled";

/** A job as OpenAI's API shows it, and what the engine needs to go on with it after a crash. */
export interface StoredJob {
  readonly id: string;
  readonly model: string;
  readonly created_at: number;
  readonly finished_at: number | null;
  readonly fine_tuned_model: string | null;
  readonly status: JobStatus;
  readonly training_file: string;
  readonly validation_file: string | null;
  readonly trained_tokens: number | null;
  readonly seed: number;
  readonly suffix: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly error: { readonly code: string; readonly message: string; readonly param: string | null } | null;
  readonly hyperparameters: { readonly n_epochs: number; readonly batch_size: number; readonly learning_rate_multiplier: number; readonly max_steps?: number; readonly lora_rank?: number; readonly lora_layers?: number };
  readonly restarts: number;
  readonly adapter: string | null;
  readonly checkpoints: readonly StoredCheckpoint[];
}

export interface StoredCheckpoint {
  readonly id: string;
  readonly created_at: number;
  readonly step_number: number;
  readonly folder: string;
  readonly model: string;
  readonly metrics: Readonly<Record<string, number>>;
}

/** An event as OpenAI's API shows it. */
export interface StoredEvent {
  readonly object: "fine_tuning.job.event";
  readonly id: string;
  readonly created_at: number;
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly type: "message" | "metrics";
  readonly data: Readonly<Record<string, number>> | null;
}

/** The engine's state on disk. Every write is whole or not at all, and done before anyone is told of it. */
export interface Store {
  folderOf(job: string): string;
  dataOf(file: string): string;
  files(): readonly StoredFile[];
  saveFile(file: StoredFile): Promise<void>;
  deleteFile(id: string): void;
  /** Newest first. */
  jobs(): readonly StoredJob[];
  saveJob(job: StoredJob): Promise<void>;
  /** Oldest first. */
  events(job: string): readonly StoredEvent[];
  addEvent(job: string, event: StoredEvent): void;
}

/** Opens the state in a folder, which is made when it is not there. Throws Node's error when it cannot be. */
export function openStore(folder: string): Store {
  const files = join(folder, "files");
  const jobs = join(folder, "jobs");
  for (const each of [files, jobs]) mkdirSync(each, { recursive: true });
  const read = <Item>(from: string, ending: string): Item[] => readdirSync(from).filter((name) => name.endsWith(ending)).map((name) => JSON.parse(readFileSync(join(from, name), "utf8")) as Item);
  const known = new Map(read<StoredFile>(files, ".json").map((file) => [file.id, file]));
  const kept = new Map(read<StoredJob>(jobs, ".job.json").map((job) => [job.id, job]));
  const eventsOf = (job: string): string => join(jobs, `${job}.events.jsonl`);
  return {
    folderOf: (job) => join(jobs, job),
    dataOf: (file) => join(files, `${file}.data`),
    files: () => [...known.values()].sort((a, b) => b.created_at - a.created_at),
    async saveFile(file) {
      await writeFileAtomic(join(files, `${file.id}.json`), JSON.stringify(file));
      known.set(file.id, file);
    },
    deleteFile(id) {
      known.delete(id);
      rmSync(join(files, `${id}.json`), { force: true });
      rmSync(join(files, `${id}.data`), { force: true });
    },
    jobs: () => [...kept.values()].reverse().sort((a, b) => b.created_at - a.created_at),
    async saveJob(job) {
      kept.set(job.id, job);
      await writeFileAtomic(join(jobs, `${job.id}.job.json`), JSON.stringify(job));
    },
    events(job) {
      if (!existsSync(eventsOf(job))) return [];
      // A line that a crash cut short is the last one, and tells nothing.
      return readFileSync(eventsOf(job), "utf8").split("\n").flatMap((line) => {
        try {
          return [JSON.parse(line) as StoredEvent];
        } catch {
          return [];
        }
      });
    },
    addEvent: (job, event) => appendFileSync(eventsOf(job), `${JSON.stringify(event)}\n`),
  };
}

import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import { attempt, FileError } from "../workers/file-error.ts";
import { newId } from "./new-id.ts";
import { storedEvent, storedFile, storedJob, type StoredEvent, type StoredFile, type StoredJob } from "./stored.ts";

/**
 * The engine's state on disk. Every write is whole or not at all, and done before anyone is told of it.
 * What cannot be written throws, or rejects with, a FileError.
 */
export interface Store {
  folderOf(job: string): string;
  dataOf(file: string): string;
  /** Newest first. */
  files(): readonly StoredFile[];
  saveFile(file: StoredFile): Promise<void>;
  deleteFile(id: string): void;
  /** Newest first. */
  jobs(): readonly StoredJob[];
  addJob(job: StoredJob): Promise<void>;
  /**
   * Changes a job, one change after the other: `decide` is given the job as it then is, and undefined leaves it so.
   * Gives the changed job; undefined when it was left, or there is none.
   */
  changeJob(id: string, decide: (job: StoredJob) => Partial<StoredJob> | undefined): Promise<StoredJob | undefined>;
  /** Takes for true, for as long as this engine runs, what the disk refused to take. */
  holdJob(job: StoredJob): void;
  /** Oldest first. */
  events(job: string): readonly StoredEvent[];
  addEvent(job: string, event: StoredEvent): void;
}

/** The end of the name of an upload that is not whole yet. */
export const draftEnding = ".data.tmp";
const dataEnding = ".data";

/**
 * Opens the state in a folder, which is made when it is not there; only one engine may have it open. What of it cannot be read, cut by
 * a power failure or of another version, is set aside and told to `tell`. Throws Node's error when the folder cannot be used.
 */
export function openStore(folder: string, tell: (line: string) => void): Store {
  const fileFolder = join(folder, "files");
  const jobFolder = join(folder, "jobs");
  for (const each of [fileFolder, jobFolder]) mkdirSync(each, { recursive: true });
  const names = readdirSync(fileFolder);
  // What was under way when the engine was killed: uploads that were not whole, and contents of files that nobody was told of.
  const isLeft = (name: string): boolean => name.endsWith(draftEnding) || (name.endsWith(dataEnding) && !names.some((other) => other.startsWith(`${name.slice(0, -dataEnding.length)}.json`)));
  for (const name of names.filter(isLeft)) rmSync(join(fileFolder, name), { force: true });
  const files = readAll(fileFolder, ".json", storedFile, tell);
  const jobs = readAll(jobFolder, ".job.json", storedJob, tell);
  const eventsOf = (job: string): string => join(jobFolder, `${job}.events.jsonl`);
  let last: Promise<unknown> = Promise.resolve();

  async function saveJob(job: StoredJob): Promise<void> {
    await write(join(jobFolder, `${job.id}.job.json`), job);
    jobs.set(job.id, job);
  }

  return {
    folderOf: (job) => join(jobFolder, job),
    dataOf: (file) => join(fileFolder, `${file}${dataEnding}`),
    files: () => newestFirst(files),
    async saveFile(file) {
      await write(join(fileFolder, `${file.id}.json`), file);
      files.set(file.id, file);
    },
    deleteFile(id) {
      for (const ending of [".json", ".data"]) {
        const path = join(fileFolder, `${id}${ending}`);
        attempt("write", path, () => rmSync(path, { force: true }));
      }
      files.delete(id);
    },
    jobs: () => newestFirst(jobs),
    addJob: saveJob,
    changeJob(id, decide) {
      const change = last.then(async () => {
        const job = jobs.get(id);
        const part = job && decide(job);
        if (!part) return undefined;
        const changed = { ...job, ...part };
        await saveJob(changed);
        return changed;
      });
      last = change.catch(() => undefined);
      return change;
    },
    holdJob: (job) => void jobs.set(job.id, job),
    events(job) {
      const path = eventsOf(job);
      if (!existsSync(path)) return [];
      const lines = attempt("read", path, () => readFileSync(path, "utf8")).split("\n");
      // A line that a crash or a full disk cut short tells nothing.
      return lines.flatMap((line) => {
        const read = storedEvent.safeParse(parseLine(line));
        return read.success ? [read.data] : [];
      });
    },
    // The line break goes before the event, so that it does not continue a line that was cut short.
    addEvent: (job, event) => attempt("write", eventsOf(job), () => appendFileSync(eventsOf(job), `\n${JSON.stringify(event)}`)),
  };
}

/** What the files of a folder hold, by id. */
function readAll<Item extends { readonly id: string }>(folder: string, ending: string, schema: z.ZodType<Item>, tell: (line: string) => void): Map<string, Item> {
  const items = new Map<string, Item>();
  for (const name of readdirSync(folder).filter((each) => each.endsWith(ending))) {
    const path = join(folder, name);
    try {
      const item = schema.parse(JSON.parse(readFileSync(path, "utf8")));
      if (name !== `${item.id}${ending}`) throw new Error(`it is about ${item.id}`);
      items.set(item.id, item);
    } catch (error) {
      tell(`${path} cannot be read: ${reasonOf(error)}. ${setAside(path)}`);
    }
  }
  return items;
}

/** Renames what cannot be read, so that the next engine does not stumble over it again; says where it is. */
function setAside(path: string): string {
  const aside = `${path}.${newId("unreadable-")}`;
  try {
    renameSync(path, aside);
    return `It was set aside as ${aside}; the engine goes on without it.`;
  } catch (error) {
    return `It could not be renamed either (${reasonOf(error)}); the engine goes on without it.`;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.slice(0, 3).map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`).join("; ");
  return error instanceof Error ? error.message : String(error);
}

async function write(path: string, content: object): Promise<void> {
  try {
    await writeFileAtomic(path, JSON.stringify(content));
  } catch (error) {
    throw new FileError("write", path, error);
  }
}

function newestFirst<Item extends { readonly created_at: number }>(items: ReadonlyMap<string, Item>): Item[] {
  // Of those of one second, the one that came later is the newer.
  return [...items.values()].reverse().sort((a, b) => b.created_at - a.created_at);
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

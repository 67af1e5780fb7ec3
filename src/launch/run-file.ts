import { mkdir, readdir, readFile } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Launch } from "../jobs/launch.ts";
import { mergeRuns, readRun, toRunText, type RunRecord } from "../jobs/runs/run-record.ts";
import { toRun, type RunFacts } from "../jobs/runs/run-of-launch.ts";

/** A folder of records is read so far; the newest count. */
const mostRuns = 1000;

/** Where the records of a folder's runs lie. */
export function runFolder(root: string): string {
  return join(root, ".tunesmith", "runs");
}

/** The path of a run's record. */
export function runPath(root: string, id: string): string {
  return join(runFolder(root), `${id}.json`);
}

/** How a record calls a file: from its folder, with forward slashes; by its name alone where it lies on another drive. */
export function runNameOf(root: string): (path: string) => string {
  return (path) => {
    const name = relative(root, path);
    return isAbsolute(name) ? (path.split(/[\\/]/).at(-1) ?? path) : name.split(sep).join("/");
  };
}

/**
 * Writes what is known of a launch's run into its record; what the record said already and is not known anew stays. Gives its path, or undefined for a launch
 * that keeps none. Rejects with Node's error when it cannot be written.
 */
export async function recordRun(launch: Launch, facts: RunFacts): Promise<string | undefined> {
  const root = launch.origin?.root;
  if (root === undefined) return undefined;
  const made = toRun(launch, facts, runNameOf(root));
  const path = runPath(root, made.id);
  const before = await readIfThere(path);
  // A launch alone does not know how its job ended.
  const now = before?.run && !facts.job && launch.step === "ended" ? { ...made, state: before.run.state } : made;
  const text = toRunText(before?.run ? mergeRuns(before.run, now) : now);
  if (text === before?.text) return path;
  await mkdir(runFolder(root), { recursive: true });
  await writeFileAtomic(path, text);
  return path;
}

/** The records of a folder's runs, the newest first. A file that cannot be read is passed over. */
export async function listRuns(root: string): Promise<readonly RunRecord[]> {
  const names = (await readdir(runFolder(root)).catch(() => [] as string[])).filter((name) => name.endsWith(".json")).sort().reverse().slice(0, mostRuns);
  const read = await Promise.all(names.map(async (name) => (await readIfThere(join(runFolder(root), name)))?.run ?? []));
  return read.flat().sort((one, other) => (one.times.started < other.times.started ? 1 : -1));
}

/** A record that somebody has broken is written anew. */
async function readIfThere(path: string): Promise<{ readonly text: string; readonly run?: RunRecord } | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return { text, run: readRun(text) };
  } catch {
    return { text };
  }
}

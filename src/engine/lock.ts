import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const interval = 500;

/**
 * Runs `act` while no other process holds the lock file, waiting for it when one does; `wait` is told once whose process that is.
 * A lock whose process is gone is taken over. Rejects with the signal's reason when aborted while waiting.
 */
export async function holdingLock<Result>(file: string, wait: (pid: number) => void, signal: AbortSignal, act: () => Promise<Result>): Promise<Result> {
  let told = false;
  while (!(await take(file))) {
    const content = await readFile(file, "utf8").catch(() => undefined);
    if (content === undefined) continue;
    const holder = livingProcess(content);
    if (holder === undefined) {
      await removeStale(file, content);
      continue;
    }
    if (!told) wait(holder);
    told = true;
    await delay(interval, undefined, { signal });
  }
  try {
    return await act();
  } finally {
    await rm(file, { force: true });
  }
}

/** Linking puts the file there with its content or not at all: a lock that exists names its holder. */
async function take(file: string): Promise<boolean> {
  const draft = besides(file);
  await writeFile(draft, String(process.pid), { flag: "wx" });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the lock only while it is the stale one: another process may have taken it over since it was read, and gets it back. */
async function removeStale(file: string, content: string): Promise<void> {
  const aside = besides(file);
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== content) await link(aside, file);
  await rm(aside, { force: true });
}

const besides = (file: string): string => `${file}.${randomBytes(6).toString("hex")}`;

/** The living process that a lock's content names. */
function livingProcess(content: string): number | undefined {
  const pid = Number(content);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM" ? pid : undefined;
  }
}

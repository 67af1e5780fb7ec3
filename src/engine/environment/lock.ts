import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const interval = 500;

/**
 * Runs `act` while no other process holds the lock file, waiting for it when one does; `wait` is told once whose process that is.
 * A lock whose process is gone is taken over. Rejects with the signal's reason when aborted while waiting.
 */
export async function holdingLock<Result>(file: string, wait: (pid: number) => void, signal: AbortSignal, act: () => Promise<Result>): Promise<Result> {
  let told = false;
  while (!(await take(file))) {
    const holder = await readHolder(file);
    if (holder === undefined) {
      await rm(file, { force: true });
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

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The living process that a lock names. */
async function readHolder(file: string): Promise<number | undefined> {
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM" ? pid : undefined;
  }
}

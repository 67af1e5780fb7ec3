import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";

/** Where an engine listens, as it says itself in its state folder. */
const announcement = z.object({ baseURL: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+\/v1$/), token: z.string().min(1), pid: z.int().positive() }).readonly();
export type Announcement = z.infer<typeof announcement>;

const patience = 2000;

/**
 * The engine that works on a state folder, if one does: it answers at its address with its token. What an engine that was killed left
 * there says nothing, nor does the number of its process, which may long be another's.
 */
export async function findEngine(state: string): Promise<Announcement | undefined> {
  const announced = read(state);
  if (!announced) return undefined;
  try {
    const response = await fetch(`${announced.baseURL}/models`, { headers: { authorization: `Bearer ${announced.token}` }, signal: AbortSignal.timeout(patience) });
    await response.body?.cancel();
    return response.ok ? announced : undefined;
  } catch (error) {
    // An engine that is suspended takes the connection and does not answer.
    return error instanceof Error && error.name === "TimeoutError" && isAlive(announced.pid) ? announced : undefined;
  }
}

/** Tells others where this engine listens; for the user alone, since the token is in it. */
export async function announce(state: string, own: Announcement): Promise<void> {
  await writeFileAtomic(fileOf(state), JSON.stringify(own), { mode: 0o600 });
}

/** Takes back what this engine announced; another's stays. */
export function withdraw(state: string, own: Announcement): void {
  if (read(state)?.token === own.token) rmSync(fileOf(state), { force: true });
}

const fileOf = (state: string): string => join(state, "engine.json");

function read(state: string): Announcement | undefined {
  try {
    return announcement.parse(JSON.parse(readFileSync(fileOf(state), "utf8")));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

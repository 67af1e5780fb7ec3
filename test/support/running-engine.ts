import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How an engine that was started announces itself. */
export interface RunningEngine {
  readonly baseURL: string;
  readonly token: string;
  readonly pid: number;
}

/** The engine that keeps its state in a folder; nothing where none has announced itself. */
export function runningEngine(state: string): RunningEngine | undefined {
  try {
    return JSON.parse(readFileSync(join(state, "engine.json"), "utf8")) as RunningEngine;
  } catch {
    return undefined;
  }
}

/** Tells the engine that keeps its state in a folder to end, if there is one. */
export function endEngine(state: string): void {
  const engine = runningEngine(state);
  if (engine) process.kill(engine.pid, "SIGTERM");
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { localId } from "./local-id.ts";

/** The versions that a run is recorded with: of Tunesmith, and at the local engine of the engine and its trainer. `scripts` is the folder of the engine's Python scripts. */
export function versionsOf(scripts: string): (service: string) => Readonly<Record<string, string>> {
  return (service) => ({ tunesmith: version, ...(service === localId ? { engine: version, ...trainer(scripts) } : {}) });
}

/** The trainer of the local engine, as its requirements pin it. */
function trainer(scripts: string): Readonly<Record<string, string>> {
  try {
    const pinned = /^trl==(\S+)$/m.exec(readFileSync(join(scripts, "requirements.txt"), "utf8"))?.[1];
    return pinned === undefined ? {} : { trl: pinned };
  } catch {
    return {};
  }
}

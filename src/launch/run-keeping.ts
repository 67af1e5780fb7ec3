import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { version } from "../../package.json";
import type { RunKeeping } from "./desk.ts";
import { localId } from "./local-id.ts";

/** How runs are kept where `folderOf` says which folder a launch file is worked on in; undefined for none. `scripts` is the folder of the local engine's Python scripts. */
export function keepRuns(scripts: string, folderOf: (launchFile: string) => string | undefined): RunKeeping {
  return {
    rootOf: (launchFile) => folderOf(launchFile) ?? dirname(launchFile),
    versions: (service) => ({ tunesmith: version, ...(service === localId ? { engine: version, ...runner(scripts) } : {}) }),
  };
}

/** A folder, if a file lies in it. */
export function ifInside(folder: string, file: string): string | undefined {
  const path = relative(folder, file);
  return path.startsWith("..") || isAbsolute(path) ? undefined : folder;
}

/** The trainer of the local engine, as its requirements pin it. */
function runner(scripts: string): Readonly<Record<string, string>> {
  try {
    const pinned = /^trl==(\S+)$/m.exec(readFileSync(join(scripts, "requirements.txt"), "utf8"))?.[1];
    return pinned === undefined ? {} : { trl: pinned };
  } catch {
    return {};
  }
}

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { placeAt } from "../../dataset/read-jsonc.ts";
import type { LaunchPlan } from "../../jobs/launch-plan.ts";
import { parseLaunchFile } from "../../jobs/launch-file/parse.ts";
import { prepareLaunch } from "../../launch/prepare.ts";
import { ConfigurationError } from "../../workers/configuration/find.ts";
import { attempt } from "../../workers/file-error.ts";
import type { ProgramDesk } from "./open-desk.ts";

/** What a launch file comes to. Throws a FileError when it cannot be read, and a ConfigurationError with a line for each fault when it says what cannot be. */
export async function planLaunch(path: string, desk: ProgramDesk, signal: AbortSignal): Promise<LaunchPlan> {
  const text = attempt("read", path, () => readFileSync(path, "utf8"));
  const read = parseLaunchFile(text);
  if ("faults" in read) throw new ConfigurationError(read.faults.map(({ offset, message }) => `${path}:${placeAt(text, offset).line}:${placeAt(text, offset).column} ${message}`).join("\n"));
  return prepareLaunch(read.value, resolve(path), desk, signal);
}

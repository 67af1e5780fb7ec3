import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where this user's launches, uploads and the local engine's jobs are kept, for every editor and for the command line: TUNESMITH_STATE, or `tunesmith` in
 * the user's folder for such things. Source: the XDG base directories; Apple's and Microsoft's conventions.
 */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (environment["TUNESMITH_STATE"]) return environment["TUNESMITH_STATE"];
  if (platform === "win32") return join(environment["LOCALAPPDATA"] || join(homedir(), "AppData", "Local"), "tunesmith", "state");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "tunesmith");
  return join(environment["XDG_STATE_HOME"] || join(homedir(), ".local", "state"), "tunesmith");
}

/** The parts of the state folder. */
export const stateParts = { launches: "launches", uploads: "uploads", engine: "engine" } as const;

import { homedir } from "node:os";
import { join } from "node:path";

/** Where what was obtained once is kept: TUNESMITH_CACHE, or `tunesmith` in the user's cache folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (environment["TUNESMITH_CACHE"]) return environment["TUNESMITH_CACHE"];
  if (platform === "win32") return join(environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "tunesmith");
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "tunesmith");
  return join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "tunesmith");
}

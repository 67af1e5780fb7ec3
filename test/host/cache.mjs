import { randomUUID } from "node:crypto";
import { access, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

const draftPrefix = ".making-";

/** The folder for what is obtained once and kept: TUNESMITH_CACHE, or `tunesmith` in the user's own cache folder. */
export function cacheFolder(environment = process.env, platform = process.platform) {
  if (environment.TUNESMITH_CACHE) return resolve(environment.TUNESMITH_CACHE);
  if (platform === "win32") return join(environment.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "tunesmith");
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "tunesmith");
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "tunesmith");
}

/**
 * Gives the path of the cached folder `name`. When it is not there yet, `make` fills an empty folder beside it, which is then renamed,
 * so that an interrupted download leaves nothing that looks complete. Two processes may do this at once: the first to finish wins.
 */
export async function cached(name, make) {
  const folder = join(cacheFolder(), name);
  if (await exists(folder)) return folder;
  const draft = join(cacheFolder(), `${draftPrefix}${randomUUID()}`);
  await mkdir(draft, { recursive: true });
  await removeAbandonedDrafts();
  try {
    await make(draft);
    await rename(draft, folder).catch(async (error) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/** A process that was killed could not remove its draft. */
async function removeAbandonedDrafts() {
  for (const name of await readdir(cacheFolder())) {
    const draft = join(cacheFolder(), name);
    const written = name.startsWith(draftPrefix) ? await stat(draft).catch(() => undefined) : undefined;
    if (written && Date.now() - written.mtimeMs > 86_400_000) await rm(draft, { recursive: true, force: true });
  }
}

/** Whether something is at the path. */
export function exists(path) {
  return access(path).then(() => true, () => false);
}

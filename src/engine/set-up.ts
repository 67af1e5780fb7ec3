import { fileURLToPath } from "node:url";
import { cacheFolder } from "./environment/cache-folder.ts";
import { createEnvironment } from "./environment/environment.ts";

/** `engine setup`: asks nothing, tells its progress on standard error, and leaves nothing half when it is interrupted. */
export async function setUp(scripts: URL, options: { readonly python?: string }): Promise<void> {
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  process.once("SIGTERM", () => abort.abort());
  const environment = createEnvironment({ cache: cacheFolder(), scripts: fileURLToPath(scripts), ...options });
  await environment.setUp((line) => void process.stderr.write(`${line}\n`), abort.signal);
}

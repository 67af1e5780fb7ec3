import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Environment } from "../engine/environment/environment.ts";
import { baseModelId } from "../engine/models.ts";

/** The folder of a model that the local engine takes, where it lies on this machine with its tokenizer: the one that was set up with the engine, or a folder of the user's. */
export function localModelFolder(model: string, environment: Pick<Environment, "ready">): string | undefined {
  const folder = model === baseModelId ? environment.ready()?.baseModel : isAbsolute(model) ? model : undefined;
  return folder !== undefined && ["tokenizer.json", "tokenizer_config.json"].every((name) => existsSync(join(folder, name))) ? folder : undefined;
}

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { placeAt, readJsonc } from "../../dataset/read-jsonc.ts";
import { readClusters, type NamedCluster } from "../../launch/clusters.ts";
import { attempt } from "../../workers/file-error.ts";
import { ConfigurationError } from "../../workers/configuration/find.ts";

const service = z.strictObject({
  baseURL: z.string().min(1),
  /** The environment variable that holds the key; none for a server that takes no key. */
  keyVariable: z.string().min(1).optional(),
  kind: z.string().min(1).optional(),
  account: z.string().min(1).optional(),
});
const cluster = z.union([z.string(), z.strictObject({
  address: z.string(),
  python: z.string().optional(),
  packages: z.array(z.string()).optional(),
  models: z.record(z.string(), z.string()).optional(),
  tokenVariable: z.string().optional(),
})]);
const schema = z.strictObject({ $schema: z.string().optional(), services: z.record(z.string().min(1), service).optional(), clusters: z.record(z.string().min(1), cluster).optional() });

/** What the user's configuration file says. */
export interface UserConfiguration {
  readonly services: readonly ConfiguredService[];
  readonly clusters: readonly NamedCluster[];
}

/** A service of the user's configuration file. */
export type ConfiguredService = z.infer<typeof service> & { readonly name: string };

/** Where the user says which services and clusters there are: TUNESMITH_CONFIG, or `tunesmith/config.jsonc` in the user's configuration folder. Never a folder that is worked in. */
export function userConfigurationFile(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (environment["TUNESMITH_CONFIG"]) return environment["TUNESMITH_CONFIG"];
  const folder = platform === "win32" ? environment["APPDATA"] || join(homedir(), "AppData", "Roaming")
    : platform === "darwin" ? join(homedir(), "Library", "Application Support") : environment["XDG_CONFIG_HOME"] || join(homedir(), ".config");
  return join(folder, "tunesmith", "config.jsonc");
}

/** The configuration file at `path`; says nothing where there is no file. Throws a FileError when it cannot be read, and a ConfigurationError when it says what cannot be. */
export function readUserConfiguration(path: string): UserConfiguration {
  const text = readIfThere(path);
  if (text === undefined) return { services: [], clusters: [] };
  const read = readJsonc(text, schema);
  if ("faults" in read) throw new ConfigurationError(read.faults.map(({ offset, message }) => `${path}:${placeAt(text, offset).line}:${placeAt(text, offset).column} ${message}`).join("\n"));
  const services = Object.entries(read.value.services ?? {}).map(([name, each]) => ({ name, ...each }));
  for (const { name, keyVariable, baseURL } of services) {
    // What is written there may be the key itself, and so it is not repeated.
    if (keyVariable !== undefined && !/^[A-Za-z_]\w*$/.test(keyVariable)) throw new ConfigurationError(`${path} "services.${name}.keyVariable" is no name of an environment variable. Put the key in a variable and name that here, such as "OPENAI_API_KEY"; no file should hold the key.`);
    if (!URL.canParse(baseURL)) throw new ConfigurationError(`${path} "services.${name}.baseURL" is no address; expected is something like "https://api.openai.com/v1".`);
    if (name === "local") throw new ConfigurationError(`${path} "services.local" cannot be: that is the name of the engine on this machine.`);
  }
  const clusters = readClusters(read.value.clusters, (name, sentence) => {
    throw new ConfigurationError(`${path} "clusters.${name}" cannot be used: ${sentence}`);
  });
  return { services, clusters };
}

function readIfThere(path: string): string | undefined {
  return attempt("read", path, () => {
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
      throw error;
    }
  });
}

import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../engine/environment/cache-folder.ts";
import { createEnvironment } from "../../engine/environment/environment.ts";
import { ProviderError } from "../../jobs/provider.ts";
import { tellable } from "../../launch/clusters.ts";
import type { LaunchDesk } from "../../launch/desk.ts";
import { filesInThread } from "../../launch/files-in-thread.ts";
import { knownServices, type NamedAddress } from "../../launch/known-services.ts";
import { versionsOf } from "../../launch/versions.ts";
import { openLedger } from "../../launch/ledger-file.ts";
import { localId } from "../../launch/local-id.ts";
import { localModelFolder } from "../../launch/local-model-folder.ts";
import { createLocalEngine } from "../../launch/local-engine.ts";
import { stateFolder, stateParts } from "../../launch/state-folder.ts";
import { openUploads } from "../../launch/uploads-file.ts";
import { kindOf, openService } from "../../providers/index.ts";
import type { Streams } from "../streams.ts";
import { readUserConfiguration, userConfigurationFile, type ConfiguredService } from "./user-configuration.ts";

/** The desk of the command line, over the same state as the editor's. */
export interface ProgramDesk extends LaunchDesk {
  readonly names: readonly string[];
  /** The same with their addresses. */
  readonly named: readonly NamedAddress[];
  /** Those that may have jobs: a local engine that never ran has none, and to ask it is no reason to start it. */
  readonly withJobs: readonly string[];
  /** Throws an Error for the user when the local engine cannot train yet. */
  requireReady(service: string): void;
}

/** Opens it; asks nobody. Throws a FileError or a ConfigurationError when the user's configuration file cannot be used. */
export function openDesk({ notes, program }: Pick<Streams, "notes" | "program">): ProgramDesk {
  const file = userConfigurationFile();
  const { services: configured, clusters } = readUserConfiguration(file);
  const state = stateFolder();
  const note = (line: string): void => notes(`${line}\n`);
  const engine = createLocalEngine({ program: new URL("./engine.js", program), state: join(state, stateParts.engine), tell: note, clusters: () => tellable(clusters) });
  const named: readonly NamedAddress[] = [{ id: localId, title: "Local Engine" }, ...configured.map(({ name, baseURL, kind }) => ({ id: name, title: name, baseURL, ...(kind === undefined ? {} : { kind }) }))];
  const environment = createEnvironment({ cache: cacheFolder(), scripts: fileURLToPath(new URL("./python/", program)) });
  let doing = "";
  return {
    names: named.map(({ id }) => id),
    named,
    withJobs: named.map(({ id }) => id).filter((id) => id !== localId || engine.wasUsed()),
    services: {
      known: () => knownServices(named),
      async open(id, signal) {
        if (id === localId) {
          const { baseURL, token } = await engine.address(signal);
          return openService({ id, title: "Local Engine", kind: "openai", dialect: "local-engine", baseURL, apiKey: token });
        }
        const service = configured.find(({ name }) => name === id);
        if (!service) throw new ProviderError("not-found", `There is no service "${id}". ${file} names ${configured.map(({ name }) => `"${name}"`).join(", ") || "none"}; "local" is the engine on this machine.`);
        const { baseURL, kind = kindOf(baseURL).id, account } = service;
        return openService({ id, title: id, kind, baseURL, apiKey: keyOf(service), ...(account === undefined ? {} : { account }) });
      },
    },
    versionsOf: versionsOf(fileURLToPath(new URL("./python/", program))),
    clusters: clusters.map(({ name }) => name),
    files: filesInThread(note),
    projectOf,
    modelFolder: (model) => localModelFolder(model, environment),
    ledger: openLedger(join(state, stateParts.launches)),
    uploads: openUploads(join(state, stateParts.uploads)),
    clock: { now: Date.now },
    report(message) {
      if (message !== doing) note(`${message} …`);
      doing = message;
    },
    requireReady(service) {
      if (service !== localId) return;
      if (!environment.ready()) throw new Error(`Local training is not set up yet. This does it, once: node ${JSON.stringify(fileURLToPath(new URL("./engine.js", program)))} setup`);
    },
  };
}

/** The folder in which the program was called, of what lies in it. */
function projectOf(path: string): string {
  const here = process.cwd();
  return resolve(path).startsWith(join(here, sep)) ? here : dirname(resolve(path));
}

/** The key in the variable that the user's file names; a server on this machine may take none. */
function keyOf({ name, keyVariable, baseURL }: ConfiguredService): string {
  const key = keyVariable === undefined ? undefined : process.env[keyVariable]?.trim();
  if (key) return key;
  if (["localhost", "127.0.0.1", "[::1]"].includes(new URL(baseURL).hostname)) return "";
  throw new ProviderError("unauthorised", keyVariable === undefined ? `${name} needs an API key. Name the environment variable that holds it as "keyVariable" in ${userConfigurationFile()}.` : `${name} needs an API key, and the environment variable ${keyVariable} is empty.`);
}

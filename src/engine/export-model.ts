import { existsSync, readFileSync, readdirSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { describeFileError } from "../workers/file-error.ts";
import { cacheFolder } from "./environment/cache-folder.ts";
import { createEnvironment, type Environment } from "./environment/environment.ts";
import { requireReady } from "./environment/require-ready.ts";
import { createModels } from "./models.ts";
import { isLocalModel, startPython } from "./python-process.ts";
import { storedJob, type StoredJob } from "./stored.ts";

export interface ExportOptions {
  readonly state: string;
  /** A tuned model or a checkpoint, as the engine calls it. */
  readonly model: string;
  readonly to: string;
  readonly fused?: boolean;
}

/**
 * `engine export`: copies the adapter of a tuned model to a new folder, or writes the model with its adapter fused in. An engine may work on the state meanwhile. The folder is there when all of it is.
 * Rejects with an Error written for the user.
 */
export async function exportModel(scripts: string, { state, model, to, fused = false }: ExportOptions, environment: Pick<Environment, "ready"> = createEnvironment({ cache: cacheFolder(), scripts })): Promise<string> {
  const out = resolve(to);
  if (existsSync(out)) throw new Error(`${out} is there already; name a folder that is not.`);
  const { base, adapter } = findTuned(resolve(state), model, environment);
  const draft = `${out}.unfinished`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    if (fused) await fuse({ python: requireReady(environment).python, scripts, base: base(), adapter, out: draft });
    else await cp(adapter, draft, { recursive: true, filter: (path) => path === adapter || isAdapterFile(basename(path)) });
    await rename(draft, out);
    return out;
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new Error(describeFileError("write", out, error), { cause: error });
  }
}

/** Without the optimizer's state and the like, which only a training needs. */
export const isAdapterFile = (name: string): boolean => /^(adapter_config\.json|adapter_model\.(safetensors|bin)|README\.md)$/.test(name);

function findTuned(state: string, model: string, environment: Parameters<typeof createModels>[1]): { readonly base: () => string; readonly adapter: string } {
  const jobs = readJobs(join(state, "jobs"));
  for (const job of jobs) {
    const adapter = job.fine_tuned_model === model ? job.adapter : job.checkpoints.find((each) => each.model === model)?.folder;
    if (!adapter) continue;
    if (!existsSync(join(adapter, "adapter_config.json"))) throw new Error(`The adapter of ${model} is no longer in ${adapter}.`);
    return { base: () => createModels({ jobs: () => jobs }, environment).base(job.model), adapter };
  }
  const known = jobs.flatMap(({ fine_tuned_model: id }) => (id ? [id] : []));
  throw new Error(`There is no tuned model ${model} in ${state}; there ${known.length === 0 ? "is none at all" : `are ${known.join(", ")}, and their checkpoints`}.`);
}

/** The jobs of a state folder, read without opening it; what cannot be read is passed over. */
function readJobs(folder: string): readonly StoredJob[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".job.json")) : [];
  return names.flatMap((name) => {
    try {
      return [storedJob.parse(JSON.parse(readFileSync(join(folder, name), "utf8")))];
    } catch {
      return [];
    }
  });
}

const failure = z.object({ type: z.literal("error"), message: z.string() });

function fuse({ python, scripts, base, adapter, out }: { python: string; scripts: string; base: string; adapter: string; out: string }): Promise<void> {
  return new Promise((done, reject) => {
    let told: string | undefined;
    startPython({
      python, script: join(scripts, "fuse.py"), parameters: [base, adapter, out], offline: isLocalModel(base),
      take(message) {
        told ??= failure.safeParse(message).data?.message;
        return true;
      },
      ended: ({ code, complaint }) => (code === 0 ? done() : reject(new Error(told ?? `The model could not be fused.${complaint ? ` The last words:\n${complaint}` : ""}`))),
    });
  });
}

/** As a command: says where the folder is. */
export async function runExport(scripts: URL, options: ExportOptions): Promise<void> {
  process.stdout.write(`${await exportModel(fileURLToPath(scripts), options)}\n`);
}

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import { findPython } from "./find-python.ts";
import { install, installer, layoutOf, modelPackage, requirementFiles } from "./install.ts";
import { holdingLock } from "../lock.ts";

/** Whether this machine can train, and what setting that up would take. */
export interface EnvironmentStatus {
  readonly ready: boolean;
  /** The Python of the environment; when it is not set up, the one that a set-up would start from, if there is one. */
  readonly python?: string;
  /** What is missing, as a sentence for the user; absent when ready. */
  readonly missing?: string;
  /** What a set-up would fetch, in words; empty when ready. */
  readonly downloads: string;
  /** Bytes on disk that the environment takes, or would take at most. */
  readonly diskBytes: number;
}

/** The Python that trains and answers, and the model that ships with a Python package. */
export interface Environment {
  /** Both, or undefined when they are not set up. */
  ready(): { readonly python: string; readonly baseModel: string } | undefined;
  status(): Promise<EnvironmentStatus>;
  /**
   * Makes them, telling each step; returns at once when they are there, and waits when another process is making them. Aborted, it
   * leaves nothing behind; killed, a folder that the next set-up begins anew. Rejects with an Error written for the user, or the signal's reason.
   */
  setUp(report: (line: string) => void, signal: AbortSignal): Promise<void>;
}

/** What a set-up would fetch, in words. */
export const downloads = "PyTorch, Transformers, TRL and PEFT (0.3 to 0.5 GB; on Linux up to 3 GB, where PyTorch's own index is not reached) and the model SmolLM2-135M-Instruct (98 MB)";
const mostDiskBytes = 6.5e9;

const readyMark = z.object({ python: z.string(), diskBytes: z.number() });

/**
 * The folder of an environment. It is named for what is installed there, so other requirements are another environment; the user's Python is
 * not part of the name: an environment stays good until that Python is removed, which `ready` sees.
 */
export function environmentFolder(cache: string, scripts: string): string {
  const hash = createHash("sha256");
  for (const part of [installer, modelPackage, ...requirementFiles(scripts).map((file) => readFileSync(file)), readFileSync(join(scripts, "prepare_model.py"))]) hash.update(part);
  return join(cache, `python-${hash.digest("hex").slice(0, 12)}`);
}

/** The environment in the folder `cache`, for the scripts in the folder `scripts`; `python` names what a set-up starts from. */
export function createEnvironment({ cache, python: named, scripts }: { cache: string; python?: string; scripts: string }): Environment {
  const layout = layoutOf(environmentFolder(cache, scripts));
  // Written last: a folder without it was never finished.
  const mark = join(layout.folder, "ready.json");

  function readMark(): z.infer<typeof readyMark> | undefined {
    // The environment's Python links to the one that it was made from, and cannot be found when that was removed.
    if (!existsSync(mark) || !existsSync(layout.python)) return undefined;
    return readyMark.parse(JSON.parse(readFileSync(mark, "utf8")));
  }

  async function setUp(report: (line: string) => void, signal: AbortSignal): Promise<void> {
    await mkdir(cache, { recursive: true });
    const lock = `${layout.folder}.lock`;
    const wait = (pid: number): void => report(`Another set-up (process ${pid}) is at work; waiting for it. If no set-up runs, delete ${lock}.`);
    await holdingLock(lock, wait, signal, async () => {
      if (readMark()) return report("Local training is set up.");
      try {
        const diskBytes = await install(layout, { named, scripts }, report, signal);
        await writeFileAtomic(mark, JSON.stringify({ python: layout.python, diskBytes }));
        report(`Local training is set up: ${(diskBytes / 1e9).toFixed(1)} GB in ${layout.folder}`);
      } catch (error) {
        await rm(layout.folder, { recursive: true, force: true });
        if (signal.aborted) await rm(join(cache, "downloads"), { recursive: true, force: true });
        throw error;
      }
    });
  }

  async function status(): Promise<EnvironmentStatus> {
    const made = readMark();
    if (made) return { ready: true, python: layout.python, downloads: "", diskBytes: made.diskBytes };
    const wanting = { ready: false, downloads, diskBytes: mostDiskBytes };
    try {
      return { ...wanting, python: await findPython(named), missing: "Local training is not set up yet." };
    } catch (error) {
      return { ...wanting, missing: error instanceof Error ? error.message : String(error) };
    }
  }

  return { ready: () => (readMark() ? { python: layout.python, baseModel: layout.baseModel } : undefined), status, setUp };
}

import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { BatchLedger, SentBatch } from "../evaluation/batch/batches.ts";
import { describeFileError } from "../workers/file-error.ts";
import { writeBeside } from "../workers/write-beside.ts";
import { evaluationFolder } from "./evaluation-folder.ts";
import { syncFolder } from "./sync-folder.ts";

const sentBatch = z.object({ id: z.string().regex(/^[\w-]{1,64}$/), provider: z.string(), model: z.string(), keys: z.array(z.string()), file: z.string(), batch: z.string().optional() });

/** The batches of the folder `root` whose answers were not read yet, a file each. Every evaluation of the folder finds them, so that a plan that was changed does not send again what is under way. */
export function openBatchLedger(root: string): BatchLedger {
  const folder = join(evaluationFolder(root), "batches");
  const pathOf = (id: string): string => join(folder, `${id}.json`);
  return {
    async list(provider, model) {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
      const read = await Promise.all(names.map((name) => readSent(join(folder, name))));
      return read.filter((sent) => sent !== undefined).filter((sent) => sent.provider === provider && sent.model === model);
    },
    async keep(sent) {
      try {
        await mkdir(folder, { recursive: true });
        writeBeside(pathOf(sent.id), [Buffer.from(`${JSON.stringify(sent)}\n`)]);
        await syncFolder(folder);
      } catch (error) {
        throw new Error(describeFileError("write", pathOf(sent.id), error), { cause: error });
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}

/** A file that is none of ours, or is gone by now, counts as not there. */
async function readSent(path: string): Promise<SentBatch | undefined> {
  try {
    return sentBatch.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}

import { createHash, type Hash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { attempt } from "../../../workers/file-error.ts";
import { TrainingError } from "../../runners/runner.ts";

/** What an adapter is made of. */
const names = ["adapter_config.json", "adapter_model.safetensors"] as const;

/** A part of a file that a node sends back. Nothing else than an adapter's two files is taken, and no name leads out of the job's folder. */
export const filePart = z.object({
  type: z.literal("file"),
  folder: z.string().regex(/^(adapter|checkpoint-\d{1,9})$/),
  name: z.enum(names),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Which part of how many, from 0. */
  part: z.int().nonnegative(),
  parts: z.int().positive(),
  base64: z.string().max(1024 * 1024),
});
export type FilePart = z.infer<typeof filePart>;

/** The most bytes that one file may have, and all of a job together; src/engine/python/ray_job.py holds itself to the same. */
export const largestFile = 512 * 1024 * 1024;
export const mostReceived = 2 * 1024 * 1024 * 1024;

export interface ReceivedFiles {
  /** Takes the next part. A file is there once its last part has come and its checksum is right; what is there already is passed over. Throws a TrainingError or a FileError. */
  take(part: FilePart): void;
  /** Throws a TrainingError when not all of an adapter has come. */
  require(folder: string): void;
}

/** Puts files together in the folder of a job. */
export function receiveFiles(output: string): ReceivedFiles {
  const open = new Map<string, { next: number; bytes: number; readonly hash: Hash }>();
  let received = 0;

  return {
    take({ folder, name, bytes, sha256, part, parts, base64 }) {
      const path = join(output, folder, name);
      if (existsSync(path)) return;
      const draft = `${path}.part`;
      if (part === 0) {
        attempt("write", draft, () => {
          mkdirSync(join(output, folder), { recursive: true });
          rmSync(draft, { force: true });
        });
        open.set(path, { next: 0, bytes: 0, hash: createHash("sha256") });
      }
      const file = open.get(path);
      if (!file || file.next !== part) throw damaged(`${folder}/${name} came with part ${part + 1} of ${parts} where part ${(file?.next ?? 0) + 1} was due`);
      const content = Buffer.from(base64, "base64");
      file.next += 1;
      file.bytes += content.length;
      received += content.length;
      if (file.bytes > Math.min(bytes, largestFile) || received > mostReceived) throw damaged(`${folder}/${name} is larger than it may be`);
      file.hash.update(content);
      attempt("write", draft, () => appendFileSync(draft, content));
      if (file.next < parts) return;
      open.delete(path);
      if (file.bytes !== bytes || file.hash.digest("hex") !== sha256) throw damaged(`${folder}/${name} came with other bytes than were sent`);
      attempt("write", path, () => renameSync(draft, path));
    },
    require(folder) {
      const missing = names.find((name) => !existsSync(join(output, folder, name)));
      if (missing) throw damaged(`${folder}/${missing} has not come`);
    },
  };
}

function damaged(what: string): TrainingError {
  return new TrainingError("adapter_damaged", `The adapter could not be fetched from the cluster: ${what}. Start the job again.`);
}

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import type { KeptUpload, UploadLedger } from "../jobs/upload-once.ts";

const kept = z.object({ provider: z.string(), sha256: z.string(), path: z.string(), changedAt: z.number(), file: z.string().optional(), state: z.record(z.string(), z.json()).optional() });

const ending = ".upload.json";

/** The ledger of uploads in a folder, one file for each provider and hash. A file that cannot be read counts as none. */
export function openUploads(folder: string): UploadLedger {
  // A provider's name may hold what a file's name cannot.
  const fileOf = (provider: string, sha256: string): string => join(folder, `${sha256}-${createHash("sha256").update(provider).digest("hex").slice(0, 8)}${ending}`);
  return {
    async find(provider, sha256) {
      const read = await readUpload(fileOf(provider, sha256));
      return read?.provider === provider ? read : undefined;
    },
    async list() {
      const names = await readdir(folder).catch(() => [] as string[]);
      const read = await Promise.all(names.filter((name) => name.endsWith(ending)).map((name) => readUpload(join(folder, name))));
      return read.filter((upload) => upload !== undefined);
    },
    async save(upload) {
      await mkdir(folder, { recursive: true });
      await writeFileAtomic(fileOf(upload.provider, upload.sha256), `${JSON.stringify(upload, null, 2)}\n`);
    },
  };
}

async function readUpload(file: string): Promise<KeptUpload | undefined> {
  try {
    const read = kept.safeParse(JSON.parse(await readFile(file, "utf8")));
    return read.success ? (read.data as KeptUpload) : undefined;
  } catch {
    return undefined;
  }
}

import { constants, openAsBlob } from "node:fs";
import { access, stat } from "node:fs/promises";
import { ProviderError } from "../../jobs/provider.ts";

/** Opens a dataset to be streamed from disk. Rejects with a ProviderError of the kind `invalid` when it cannot be read or has more than so many bytes. */
export async function openDataset(path: string, mostBytes: number): Promise<Blob> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw refuse(path, found.isDirectory() ? "it is a directory; a file is expected" : "it is no ordinary file");
    if (found.size > mostBytes) throw refuse(path, `it has ${size(found.size)}, and a file may have ${size(mostBytes)} at most. Split it, or train on a part of it`);
    await access(path, constants.R_OK);
    return await openAsBlob(path);
  } catch (error) {
    throw error instanceof ProviderError ? error : refuse(path, whyUnreadable(error), error);
  }
}

/** The name to send: services take files for tuning by their ending, and have no need of folders. */
export function toUploadName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? "";
  return `${base.replace(/\.(jsonl|jsonlines|ndjson|json)$/i, "") || "dataset"}.jsonl`;
}

/** Why a file cannot be read, in words for what Node threw. */
export function whyUnreadable(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "ENOTDIR") return "a part of its path is a file, not a directory";
  if (code === "EACCES" || code === "EPERM") return "you have no permission to read it";
  return error instanceof Error ? error.message : String(error);
}

function size(bytes: number): string {
  const megabytes = Math.ceil(bytes / 1024 / 1024);
  return megabytes < 10_240 ? `${megabytes} MB` : `${Math.ceil(megabytes / 1024)} GB`;
}

function refuse(path: string, reason: string, cause?: unknown): ProviderError {
  return new ProviderError("invalid", `Cannot upload ${path}: ${reason}.`, { cause });
}

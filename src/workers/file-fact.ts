import { stat } from "node:fs/promises";
import type { FileFact } from "../dataset/file-fact.ts";

/** What lies at a path. */
export async function factOf(path: string): Promise<FileFact> {
  const found = await stat(path).catch(() => undefined);
  return { kind: found === undefined ? "missing" : found.isDirectory() ? "folder" : "file", path };
}

import { open, readdir, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { readRunHead, type RunHead } from "../evaluation/run-head.ts";
import { evaluationFolder, planReportFolder } from "./evaluation-folder.ts";

/** A saved report by its path and what it says of its run. */
export interface KeptRun {
  readonly path: string;
  readonly head: RunHead;
}

/** Where the records begin in a report as it is saved. JSON's texts have no line break, so that nothing in them can look like it. */
const records = Buffer.from('\n  "records": [');
const block = 64 * 1024;
/** A head has a line for each record that was left out; one that is longer is no report of ours. */
const longest = 16 * 1024 * 1024;

/** The runs of the folder `root`, the latest first; what is no report is passed over. */
export async function listRuns(root: string): Promise<readonly KeptRun[]> {
  const folders = [evaluationFolder(root), planReportFolder(root)];
  const names = await Promise.all(folders.map(async (folder) => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).map((name) => join(folder, name))));
  const found: KeptRun[] = [];
  for (const path of names.flat()) {
    const head = await readHead(path);
    if (head) found.push({ path, head });
  }
  return found.sort((one, other) => other.head.createdAt.localeCompare(one.head.createdAt));
}

/** What the report at `path` says before its records, without reading these; undefined where it is no report, or is written in another order than ours. */
export async function readHead(path: string): Promise<RunHead | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    let read = Buffer.alloc(0);
    while (read.length < longest) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(block), 0, block);
      const from = Math.max(0, read.length - records.length);
      read = Buffer.concat([read, buffer.subarray(0, bytesRead)]);
      const end = read.indexOf(records, from);
      if (end >= 0) return readRunHead(JSON.parse(`${read.toString("utf8", 0, end).replace(/,\s*$/, "")}\n}`));
      if (bytesRead === 0) return undefined;
    }
    return undefined;
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import { recordKey } from "../evaluation/test-set.ts";
import type { FairTestFile } from "../workers/read-test-set.ts";

const moved = z.object({
  at: z.iso.datetime(),
  /** Files as reports name them. */
  test: z.string(), into: z.string(), report: z.string(),
  kind: z.enum(["training", "preference"]),
  /** The line of the report, from 1, and what names the record (`recordKey`). */
  line: z.int().min(1), key: z.string(),
});

/** A record that was corrected and moved from a test file to a training file. */
export type MovedRecord = z.infer<typeof moved>;

/** The path of the list of records that were moved, one a line, so that version control can merge it. */
export function correctionsPath(root: string): string {
  return join(root, ".tunesmith", "corrections.jsonl");
}

/** The records that were moved, in their order. A line that somebody has broken is passed over. */
export async function readMoved(root: string): Promise<readonly MovedRecord[]> {
  const text = await readFile(correctionsPath(root), "utf8").catch(() => "");
  return text.split(/\r?\n/).flatMap((line) => {
    try {
      return [moved.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

/** Notes that a record was moved. Rejects with Node's error when that cannot be written. */
export async function noteMoved(root: string, record: MovedRecord): Promise<void> {
  const path = correctionsPath(root);
  await mkdir(dirname(path), { recursive: true });
  const before = await readFile(path, "utf8").catch(() => "");
  // A crash may have cut the last line; the next must not be glued to it.
  await appendFile(path, `${before === "" || before.endsWith("\n") ? "" : "\n"}${JSON.stringify(record)}\n`);
}

/** How many records were moved from a test file and are not in it now: a move that was undone does not count. `read` gives all records of the file. */
export async function countMoved(root: string, test: string, read: () => Promise<Pick<FairTestFile, "records">>): Promise<number> {
  const keys = new Set((await readMoved(root)).filter((each) => each.test === test).map(({ key }) => key));
  if (keys.size === 0) return 0;
  for (const record of (await read()).records) keys.delete(recordKey(record));
  return keys.size;
}

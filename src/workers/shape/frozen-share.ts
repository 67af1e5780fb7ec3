import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { hashNumber } from "../../dataset/murmur-hash.ts";
import { recordFingerprint } from "../../dataset/record-fingerprint.ts";
import { FileError } from "../file-error.ts";
import { hashFile } from "../hash-file.ts";
import type { FileProgress } from "../lint-file.ts";
import { unchanged } from "../while-unchanged.ts";
import { readFrozen } from "./frozen-list.ts";
import { openPart } from "./part-writer.ts";
import { readRecords, recordLines } from "./read-records.ts";

/** The files of a dataset's frozen share: what a model is measured by, and what it may learn from. */
export interface FrozenShare {
  readonly test: string;
  readonly training: string;
}

/**
 * Writes the records of a dataset that a list keeps back, and those that it does not, into a folder of their own inside `folder`, named by both files' bytes; what is there is taken as it
 * is. Of a list with several parts the last one is what a model is measured by, and the others are in neither file. Rejects with a FileError when a file cannot be read or written, there is
 * no list, or it lists none of the records.
 */
export async function takeFrozenShare(dataset: string, list: string, folder: string, watch: (progress: FileProgress) => void = () => undefined): Promise<FrozenShare> {
  const partOf = readFrozen(list);
  if (!partOf) throw new FileError("read", list, Object.assign(new Error("there is no such file"), { code: "ENOENT" }));
  const id = createHash("sha256").update(await hashed(dataset)).update(await hashed(list)).digest("hex").slice(0, 12);
  const place = join(folder, `${basename(dataset).replace(/\.[^.]+$/, "")}-frozen-${id}`);
  const share = { test: join(place, "test.jsonl"), training: join(place, "training.jsonl") };
  if (existsSync(share.test) && existsSync(share.training)) return share;

  const check = unchanged(dataset);
  const chosen: number[] = [];
  let last = 0;
  for (const { value } of readRecords(dataset, watch)) {
    const part = partOf(hashNumber(recordFingerprint(value))) ?? 0;
    chosen.push(part);
    last = Math.max(last, part);
  }
  if (last === 0) throw new FileError("read", dataset, new Error(`none of its records is on the list ${list}; is it the list of another dataset?`));
  const [test, training] = [openPart(share.test, false), openPart(share.training, false)];
  try {
    let record = 0;
    for (const { bytes } of recordLines(dataset)) {
      const part = chosen[record++] ?? 0;
      if (part === last) test.append(bytes);
      else if (part === 0) training.append(bytes);
    }
    check();
    training.publish();
    test.publish();
  } finally {
    for (const part of [test, training]) part.discard();
  }
  return share;
}

function hashed(path: string): Promise<string> {
  return hashFile(path).catch((error: unknown) => {
    throw new FileError("read", path, error);
  });
}

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";

/** Compares with a file that was looked at and kept. A missing file fails; only UPDATE_GOLDENS=1 writes. */
export async function assertGolden(file: string, actual: string): Promise<void> {
  if (process.env["UPDATE_GOLDENS"] === "1") return writeFile(file, actual);
  assert.ok(existsSync(file), `${file} is missing. Run with UPDATE_GOLDENS=1, then read what was written.`);
  assert.equal(actual, await readFile(file, "utf8"));
}

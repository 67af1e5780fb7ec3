import { existsSync, readFileSync } from "node:fs";
import { attempt, FileError } from "../file-error.ts";
import { writeBeside } from "../write-beside.ts";

const heading = "# Hashes of records that are kept back, each with its part; Split Dataset keeps back these and no others. Keep this file in version control.";

/** Reads which records are kept back, by the hash of their value: their part from 1. Undefined where there is no list yet. Throws a FileError for what is no list. */
export function readFrozen(path: string): ((hash: number) => number | undefined) | undefined {
  if (!existsSync(path)) return undefined;
  const partOf = new Map<number, number>();
  for (const [index, line] of attempt("read", path, () => readFileSync(path, "utf8")).split(/\r?\n/).entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const [, part, hash] = /^([1-9]) ([0-9a-f]{14})$/.exec(line) ?? [];
    if (part === undefined || hash === undefined) throw new FileError("read", path, new Error(`line ${index + 1} is "${line.slice(0, 40)}", and a part and a hash are expected, such as "1 00f3a9c27d41e5"; is this the list that a split has written?`));
    partOf.set(Number.parseInt(hash, 16), Number(part));
  }
  return (hash) => partOf.get(hash);
}

/** Writes which records are kept back; equal ones once. */
export function writeFrozen(path: string, hashes: Float64Array, parts: Uint8Array): void {
  const lines = new Set<string>();
  for (const [record, part] of parts.entries()) if (part > 0) lines.add(`${part} ${(hashes[record] ?? 0).toString(16).padStart(14, "0")}`);
  writeBeside(path, [Buffer.from([heading, ...[...lines].sort(), ""].join("\n"))]);
}

import { statSync, type Stats } from "node:fs";
import { attempt, FileError } from "./file-error.ts";

/**
 * What `run` makes of a file, when the file is the same after it as before; a pipe has no state to compare. Throws a FileError when the file
 * changed, was replaced or was removed meanwhile: what was read of it is then of no one version.
 */
export function whileUnchanged<Result>(path: string, run: () => Result): Result {
  const check = unchanged(path);
  const result = run();
  check();
  return result;
}

/** Notes a file's state; the function it gives throws a FileError when that is another one. */
export function unchanged(path: string): () => void {
  const before = attempt("read", path, () => statSync(path));
  return () => {
    const after = attempt("read", path, () => statSync(path, { throwIfNoEntry: false }));
    if (!after) throw new FileError("read", path, new Error("it was removed while it was read"));
    if (before.isFile() && !same(before, after)) throw new FileError("read", path, new Error("it changed while it was read; run it again"));
  };
}

function same(before: Stats, after: Stats): boolean {
  return after.size === before.size && after.mtimeMs === before.mtimeMs && after.ino === before.ino && after.dev === before.dev;
}

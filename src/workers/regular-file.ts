import { closeSync, constants, createReadStream, openSync, readSync, statSync } from "node:fs";
import { Socket } from "node:net";
import { attempt } from "./file-error.ts";
import { spool, type SpooledFile } from "./spool.ts";
import { isPacked } from "./unpack.ts";
import { unchanged } from "./while-unchanged.ts";

/**
 * A dataset as a plain file that can be read again and again: itself where it is one, else an unpacked copy, which the caller removes.
 * Rejects with a FileError when it cannot be opened, read or unpacked.
 */
export async function asRegularFile(path: string): Promise<SpooledFile> {
  const stats = attempt("read", path, () => statSync(path));
  if (stats.isFIFO()) return spool(path, readPipe(path));
  if (!stats.isFile() || !isPacked(readHead(path))) return { path, packed: false, remove: () => undefined };
  const check = unchanged(path);
  const copy = await spool(path, createReadStream(path));
  try {
    check();
  } catch (error) {
    copy.remove();
    throw error;
  }
  return copy;
}

function readHead(path: string): Buffer {
  return attempt("read", path, () => {
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(2);
      return head.subarray(0, readSync(file, head, 0, 2, 0));
    } finally {
      closeSync(file);
    }
  });
}

/** A pipe with a name is opened without waiting for its writer: a thread that waits in the system cannot be ended, so that Ctrl-C would hang. */
function readPipe(path: string): AsyncIterable<Buffer> {
  const file = attempt("read", path, () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  return new Socket({ fd: file, readable: true, writable: false });
}

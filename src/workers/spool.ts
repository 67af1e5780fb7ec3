import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FileError } from "./file-error.ts";
import { isPacked, unpack } from "./unpack.ts";
import { tellUnfinished } from "./unfinished-files.ts";

/** A copy on disk, for what cannot be read twice or is packed. Whoever has one removes it. */
export interface SpooledFile {
  readonly path: string;
  /** Whether it was packed with gzip; the copy is not. */
  readonly packed: boolean;
  remove(): void;
}

/**
 * Copies a stream into the system's folder for temporary files, unpacked, piece by piece. `name` is what the user calls it.
 * Rejects with a FileError, and leaves nothing behind, when it cannot be read, unpacked or written.
 */
export async function spool(name: string, input: AsyncIterable<Buffer>): Promise<SpooledFile> {
  const folder = join(tmpdir(), `tunesmith-${randomBytes(6).toString("hex")}`);
  tellUnfinished(folder, true);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
    tellUnfinished(folder, false);
  };
  try {
    // The name's ending tells a table's kind.
    const path = join(folder, basename(name).replace(/\.gz$/i, "").replace(/[^\w.]/g, "_") || "input");
    const pieces = told(name, input)[Symbol.asyncIterator]();
    const head = await readHead(pieces);
    const packed = isPacked(head);
    const source = Readable.from(joined(head, pieces), { objectMode: false });
    try {
      mkdirSync(folder, { mode: 0o700 });
      const copy = createWriteStream(path, { flags: "wx", mode: 0o600 });
      await (packed ? pipeline(unpack(name, source), copy) : pipeline(source, copy));
    } catch (error) {
      throw error instanceof FileError ? error : new FileError("write", folder, error);
    }
    return { path, packed, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function* told(name: string, input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* input;
  } catch (error) {
    throw error instanceof FileError ? error : new FileError("read", name, error);
  }
}

async function readHead(pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const { done, value } = await pieces.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

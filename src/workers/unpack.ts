import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { FileError } from "./file-error.ts";

/** How far a packed file may unfold. Real datasets pack to a third up to a fiftieth; gzip can reach 1,032 to 1. */
export interface UnpackBounds {
  /** Bytes in all. */
  readonly most: number;
  /** Bytes for each packed one, once there are `from`. */
  readonly ratio: number;
  readonly from: number;
}

export const unpackBounds: UnpackBounds = { most: 4 * 2 ** 30, ratio: 200, from: 64 * 2 ** 20 };

/** Whether bytes begin as gzip's do (RFC 1952, section 2.3.1); no JSON and no text does. */
export function isPacked(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The unpacked bytes of a gzip stream, all its members, piece by piece. Throws a FileError when it is damaged, cut or unfolds beyond the bounds. */
export async function* unpack(name: string, packed: Readable, { most, ratio, from }: UnpackBounds = unpackBounds): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  packed.once("error", (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  let length = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > most) throw new FileError("read", name, new Error(`it unpacks to more than ${most / 2 ** 30} GiB; unpack it yourself and name the unpacked file`));
      if (length > from && length > ratio * gunzip.bytesWritten) throw new FileError("read", name, new Error(`it unpacks to more than ${ratio} times its size, as no dataset should; unpack it yourself if you trust it, and name the unpacked file`));
      yield piece;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new FileError("read", name, new Error("it is cut: its packed data ends too early; copy it again"));
    if (code?.startsWith("Z_")) throw new FileError("read", name, new Error("its packed data is damaged; copy it again"));
    throw error;
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

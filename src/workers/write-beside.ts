import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

/**
 * Writes a file piece by piece beside its place, syncs it and renames it into place, so that the place holds the old file or the whole new one.
 * A failure leaves nothing behind and is thrown as it came.
 */
export function writeBeside(path: string, pieces: Iterable<Uint8Array>): void {
  const beside = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  const file = openSync(beside, "wx");
  try {
    try {
      for (const piece of pieces) writeWhole(file, piece);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function writeWhole(file: number, piece: Uint8Array): void {
  for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
}

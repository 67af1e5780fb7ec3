import { randomBytes } from "node:crypto";
import { accessSync, closeSync, constants, fchmodSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { attempt, FileError } from "./file-error.ts";
import { tellUnfinished } from "./unfinished-files.ts";

/** A file that is written but not yet in its place. Whoever has one publishes or discards it. */
export interface Draft {
  /** Where it lies meanwhile: in the folder of its place, because only there a rename is one step. */
  readonly path: string;
  /** Syncs it and renames it into its place, which holds the old file before and the whole new one after. Throws a FileError. */
  publish(): void;
  /** Removes it; nothing is left behind. */
  discard(): void;
}

/** A draft that is still being written. */
export interface OpenDraft extends Draft {
  /** Writes on, and keeps nothing of what it is given. Throws a FileError and leaves nothing behind when the place cannot be written to. */
  append(piece: Uint8Array): void;
  /** Ends the writing, so that the draft can be read where it lies. */
  finish(): Draft;
}

const roomBytes = 1 << 18;

/**
 * Opens the draft of a file, to be written piece by piece. A link is followed, and the file's mode kept. Throws a FileError, and leaves nothing behind,
 * when the place cannot be written to, is a directory, or is no regular file: a device must never be replaced by a file. Whoever ends the
 * writing thread learns of the draft by `watchUnfinished`.
 */
export function openDraft(path: string): OpenDraft {
  const { place, mode } = attempt("write", path, () => findPlace(path));
  const beside = join(dirname(place), `.tunesmith-${randomBytes(6).toString("hex")}.tmp`);
  tellUnfinished(beside, true);
  const file = attempt("write", path, () => openSync(beside, "wx"));
  let open = true;
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  const discard = (): void => {
    close();
    rmSync(beside, { force: true });
    tellUnfinished(beside, false);
  };
  const orDiscard = (act: () => void): void => {
    try {
      attempt("write", path, act);
    } catch (error) {
      discard();
      throw error;
    }
  };
  if (mode !== undefined) orDiscard(() => fchmodSync(file, mode));
  /** What waits to be written: a write for each line would be slow, and a line that waited as it is would hold all that was read with it. */
  const room = Buffer.allocUnsafe(roomBytes);
  let length = 0;
  const flush = (): void => {
    writeWhole(file, room.subarray(0, length));
    length = 0;
  };
  const publish = (): void => orDiscard(() => {
    flush();
    close();
    sync(beside);
    renameSync(beside, place);
    tellUnfinished(beside, false);
  });
  return {
    path: beside,
    discard,
    publish,
    append: (piece) => orDiscard(() => {
      if (length + piece.length > room.length) flush();
      if (piece.length > room.length) return writeWhole(file, piece);
      room.set(piece, length);
      length += piece.length;
    }),
    finish: () => {
      orDiscard(() => {
        flush();
        close();
      });
      return { path: beside, publish, discard };
    },
  };
}

/** Writes the draft of a file whole, under the same conditions; also what the pieces throw leaves nothing behind. */
export function writeDraft(path: string, pieces: Iterable<Uint8Array>): Draft {
  const draft = openDraft(path);
  try {
    for (const piece of pieces) draft.append(piece);
  } catch (error) {
    draft.discard();
    throw error;
  }
  return draft.finish();
}

/** Writes a whole file by way of a draft. */
export function writeBeside(path: string, pieces: Iterable<Uint8Array>): void {
  writeDraft(path, pieces).publish();
}

/** Throws a FileError when `out` is the very file that is read, by whatever name: what is read is never changed in place. */
export function refuseSameFile(path: string, out: string): void {
  const from = attempt("read", path, () => statSync(path, { bigint: true }));
  const to = attempt("write", out, () => statSync(out, { bigint: true, throwIfNoEntry: false }));
  if (to && to.dev === from.dev && to.ino === from.ino) throw new FileError("write", out, new Error("it is the file that is read, and a file is never changed in place; name another one"));
}

function findPlace(path: string): { readonly place: string; readonly mode?: number } {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return { place: path };
  if (stat.isDirectory()) throw Object.assign(new Error("it is a directory"), { code: "EISDIR" });
  if (!stat.isFile()) throw new Error("it is no regular file; name a file");
  accessSync(path, constants.W_OK);
  return { place: realpathSync(path), mode: stat.mode & 0o7777 };
}

function writeWhole(file: number, piece: Uint8Array): void {
  for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
}

function sync(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

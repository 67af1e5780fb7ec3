import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { open } from "node:fs/promises";
import type { Encoding } from "../../dataset/source.ts";
import { attempt, FileError } from "../file-error.ts";
import { openSource } from "../read-source.ts";
import { openDraft } from "../write-beside.ts";
import { createLineIndex, mostBytes } from "./line-index.ts";
import { createLineStarts } from "./line-starts.ts";

/** How far the lines of a file are known. */
export interface IndexProgress {
  readonly lines: number;
  readonly bytes: number;
  readonly byteLength: number;
  readonly complete: boolean;
}

/** Where a line lies in the file, without its line break's place being told apart. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * A file whose lines can be read in any order. It is held open only while it is read, so that other programs may replace it; every read first looks
 * whether it still is the file that was opened, and throws a FileError when it is not.
 */
export interface RecordFile {
  /** Finds the lines, slice by slice; what is found already can be read meanwhile. */
  index(report: (progress: IndexProgress) => void): Promise<void>;
  /** Where a line from 0 begins and ends; a line whose end is not known yet ends where reading has come to. */
  extent(line: number): Extent;
  /** At most `mostBytes` of a line's bytes as text, without line break or half a character at the end. */
  read(extent: Extent, mostBytes: number): string;
  readonly encoding: Encoding;
  /** The bytes of a line as they are, its break included. */
  bytes(extent: Extent): Buffer;
  /** Writes the file anew with other bytes in that place: beside it, synced and renamed, so that it is never half written. From then on this is another file. */
  replace(extent: Extent, bytes: Uint8Array): void;
}

const sliceBytes = 1 << 22;
/** How many stretches between landmarks are remembered: those that somebody scrolls to and fro over. */
const keptStretches = 32;

/** Opens a file for reading by lines. Throws a FileError. */
export function openRecordFile(path: string): RecordFile {
  const source = openSource(path);
  const { encoding, byteOrderMark } = source;
  source.close();
  const opened = withFile(path, (_, stats) => stats);
  if (!opened.isFile()) throw new FileError("read", path, new Error("it is no regular file"));
  const byteLength = opened.size;
  const textStart = !byteOrderMark ? 0 : encoding === "utf-8" ? 3 : 2;
  const index = createLineIndex();
  const stretches = new Map<number, readonly number[]>();
  let indexed = textStart;
  let complete = false;

  /** Runs `use` with the file, provided that it has not changed. */
  const withSame = <Result>(use: (file: number) => Result): Result => withFile(path, (file, stats) => {
    requireSame(path, opened, stats);
    return use(file);
  });

  function readInto(file: number, length: number, offset: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const read = attempt("read", path, () => readSync(file, bytes, filled, length - filled, offset + filled));
      if (read === 0) throw changed(path);
      filled += read;
    }
    return bytes;
  }

  /** Where the lines from a landmark up to the next one begin. */
  function stretchOf(line: number): { readonly first: number; readonly starts: readonly number[] } {
    const { at, next } = index.find(line);
    const known = stretches.get(at.line);
    if (known && known.length > line - at.line) return { first: at.line, starts: known };
    const end = Math.min(next?.offset ?? indexed, at.offset + mostBytes);
    const starts = [at.offset];
    const bytes = withSame((file) => readInto(file, end - at.offset, at.offset));
    // Behind the end is a landmark or nothing; a return as the very last byte is told only when more comes, and then it begins no line of this stretch.
    createLineStarts(encoding)(bytes, at.offset, (start) => void (start < end && starts.push(start)));
    stretches.delete(at.line);
    stretches.set(at.line, starts);
    for (const [oldest] of stretches) if (stretches.size > keptStretches) stretches.delete(oldest);
    return { first: at.line, starts };
  }

  const startOf = (line: number): number => {
    const { first, starts } = stretchOf(line);
    return starts[line - first] ?? indexed;
  };

  return {
    async index(report) {
      const find = createLineStarts(encoding);
      const add = (start: number): void => void (start < byteLength && index.add(start));
      if (byteLength > textStart) add(textStart);
      const handle = await open(path, "r").catch((error: unknown) => {
        throw new FileError("read", path, error);
      });
      try {
        const slice = Buffer.allocUnsafe(sliceBytes);
        while (indexed < byteLength) {
          const length = Math.min(sliceBytes, byteLength - indexed);
          for (let filled = 0; filled < length; ) {
            const { bytesRead } = await handle.read(slice, filled, length - filled, indexed + filled).catch((error: unknown) => {
              throw new FileError("read", path, error);
            });
            if (bytesRead === 0) throw changed(path);
            filled += bytesRead;
          }
          find(slice.subarray(0, length), indexed, add);
          indexed += length;
          if (indexed < byteLength) report({ lines: index.lines, bytes: indexed, byteLength, complete });
        }
      } finally {
        await handle.close();
      }
      withSame(() => undefined);
      complete = true;
      report({ lines: index.lines, bytes: byteLength, byteLength, complete });
    },
    extent(line) {
      const start = startOf(line);
      const end = line + 1 < index.lines ? startOf(line + 1) : complete ? byteLength : indexed;
      return { start, end };
    },
    read({ start, end }, most) {
      const length = Math.min(end - start, most);
      const bytes = withSame((file) => readInto(file, length, start));
      const whole = length === end - start;
      // Of a beginning, a character that was cut in half is left out.
      const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes, { stream: !whole });
      return whole ? text.replace(/(\r\n|\n|\r)$/, "") : text;
    },
    encoding,
    bytes: ({ start, end }) => withSame((file) => readInto(file, end - start, start)),
    replace({ start, end }, bytes) {
      withFile(path, (file, stats) => {
        requireSame(path, opened, stats);
        const draft = openDraft(path);
        try {
          const copy = (from: number, to: number): void => {
            for (let at = from; at < to; at += sliceBytes) draft.append(readInto(file, Math.min(sliceBytes, to - at), at));
          };
          copy(0, start);
          draft.append(bytes);
          copy(end, byteLength);
          withSame(() => undefined);
        } catch (error) {
          draft.discard();
          throw error;
        }
        draft.publish();
      });
    },
  };
}

function withFile<Result>(path: string, use: (file: number, stats: Stats) => Result): Result {
  const file = attempt("read", path, () => openSync(path, "r"));
  try {
    return use(file, attempt("read", path, () => fstatSync(file)));
  } finally {
    closeSync(file);
  }
}

function requireSame(path: string, before: Stats, now: Stats): void {
  if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || now.ino !== before.ino) throw changed(path);
}

function changed(path: string): FileError {
  return new FileError("read", path, new Error("it was changed since it was opened; load it again"));
}

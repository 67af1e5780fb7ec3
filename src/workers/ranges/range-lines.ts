import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import type { Line } from "../../dataset/source.ts";
import { attempt } from "../file-error.ts";
import { provenAnalysis } from "../prover/proven-analysis.ts";
import type { Prover } from "../prover/prover.ts";
import { toLine } from "../read-source.ts";

/** Bytes of a file from `from` on, up to `to`: the lines that begin there. With the first of a file begins a line. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
  readonly isFirst: boolean;
}

/** The lines of a range as they are read, and what is known when all have been. */
export interface RangeLines {
  readonly lines: Iterable<Line>;
  /** Whether a line that begins in the range is longer than there is room for; it and what follows is not among the lines. */
  readonly isCut: () => boolean;
  /** The first byte of the line behind the range, where there is one. */
  readonly follows: () => number | undefined;
}

/**
 * Reads the lines of a UTF-8 file that begin in a range into the prover's room, so that those which are proven clean are never made text. Throws a FileError
 * when the file cannot be read.
 */
export function readRange(path: string, { from, to, isFirst }: ByteRange, prover: Prover, traits: boolean): RangeLines {
  let isCut = false;
  let follows: number | undefined;
  const room = Buffer.from(prover.room.buffer, prover.room.byteOffset, prover.room.length);

  function* read(): Generator<Line> {
    const file = attempt("read", path, () => openSync(path, "r"));
    try {
      // One byte before shows whether a line begins just there.
      const start = isFirst ? from : from - 1;
      const bound = to - start;
      let filled = fill(file, 0, start, bound + 1);
      let ended = filled < bound + 1;
      let at = isFirst ? 0 : firstLine(room.subarray(0, filled));
      while (at < bound && (at < filled || !ended)) {
        const { lines, consumed } = prover.judge(at, filled, !ended);
        const isText = isUtf8(room.subarray(at, consumed));
        for (const { start: first, end, next, proven } of lines) {
          if (first >= bound) {
            follows = room[first];
            return;
          }
          yield proven && (isText || isUtf8(room.subarray(first, end))) ? provenLine(first, end, next, provenAnalysis(proven, prover.room, traits)) : toLine(room.subarray(first, next));
        }
        if (consumed > at) at = consumed;
        else if (filled === room.length) {
          isCut = true;
          return;
        } else {
          // The last line goes on behind the range.
          const more = fill(file, filled, start + filled, Math.min(room.length - filled, overrun));
          ended = more === 0;
          filled += more;
        }
      }
      if (at === filled && !ended && filled < room.length) filled += fill(file, filled, start + filled, 1);
      follows = at < filled ? room[at] : undefined;
    } finally {
      closeSync(file);
    }
  }

  function fill(file: number, at: number, position: number, length: number): number {
    let filled = 0;
    while (filled < length) {
      const count = attempt("read", path, () => readSync(file, room, at + filled, length - filled, position + filled));
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  function provenLine(first: number, end: number, next: number, proven: NonNullable<Line["proven"]>): Line {
    let text: string | undefined;
    return {
      get text() {
        return (text ??= room.toString("utf8", first, end));
      },
      lineBreak: room.toString("latin1", end, next) as Line["lineBreak"],
      proven,
    };
  }

  return { lines: read(), isCut: () => isCut, follows: () => follows };
}

/** What is read at once of a line that goes on behind the range. */
const overrun = 1 << 16;

/** Where the first line begins that does not begin before the second of these bytes; their number where none does. */
function firstLine(bytes: Buffer): number {
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0x0a) return at + 1;
    // Whether `\r` ends the line, or is half of what does, the next byte shows.
    if (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a) return at + 1;
  }
  return bytes.length;
}

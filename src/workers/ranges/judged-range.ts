import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { attempt } from "../file-error.ts";
import type { Prover } from "../prover/prover.ts";

/** Bytes of a file from `from` on, up to `to`: the lines that begin there. With the first of a file begins a line. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
  readonly isFirst: boolean;
}

/** How a range ended. */
export interface RangeEnd {
  /** A line that begins in the range is longer than there is room for; neither it nor what follows was judged. */
  readonly isCut: boolean;
  /** The first byte of the line behind the range, where there is one. */
  readonly follows: number | undefined;
}

/**
 * Reads the lines of a UTF-8 file that begin in a range into the prover's room and hands them over, each by its number in the prover, with whether it is
 * proven and UTF-8. Throws a FileError when the file cannot be read.
 */
export function judgeRange(path: string, { from, to, isFirst }: ByteRange, prover: Prover, take: (line: number, isProven: boolean) => void): RangeEnd {
  const { room } = prover;
  const file = attempt("read", path, () => openSync(path, "r"));
  const fill = (at: number, position: number, length: number): number => {
    let filled = 0;
    while (filled < length) {
      const count = attempt("read", path, () => readSync(file, room, at + filled, length - filled, position + filled));
      if (count === 0) break;
      filled += count;
    }
    return filled;
  };
  try {
    // One byte before shows whether a line begins just there.
    const start = isFirst ? from : from - 1;
    const bound = to - start;
    let filled = fill(0, start, bound + 1);
    let isEnded = filled < bound + 1;
    let at = isFirst ? 0 : firstLine(room.subarray(0, filled));
    while (at < bound && (at < filled || !isEnded)) {
      const { count, consumed } = prover.judge(at, filled, !isEnded);
      const isText = isUtf8(room.subarray(at, consumed));
      for (let line = 0; line < count; line++) {
        const first = prover.start(line);
        if (first >= bound) return { isCut: false, follows: room[first] };
        take(line, prover.isProven(line) && (isText || isUtf8(room.subarray(first, prover.end(line)))));
      }
      if (consumed > at) at = consumed;
      else if (filled === room.length) return { isCut: true, follows: undefined };
      else {
        // The last line goes on behind the range.
        const more = fill(filled, start + filled, Math.min(room.length - filled, overrun));
        isEnded = more === 0;
        filled += more;
      }
    }
    if (at === filled && !isEnded && filled < room.length) filled += fill(filled, start + filled, 1);
    return { isCut: false, follows: at < filled ? room[at] : undefined };
  } finally {
    closeSync(file);
  }
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

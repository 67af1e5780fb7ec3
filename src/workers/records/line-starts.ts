import type { Encoding } from "../../dataset/source.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Takes the slices of a file in their order; calls `found` with the offset in the file behind each line break of the slice at `offset`. */
export type FindLineStarts = (slice: Buffer, offset: number, found: (start: number) => void) => void;

/**
 * Finds where lines begin without decoding them. Line breaks are `\n`, `\r\n` and `\r`, as everywhere in Tunesmith. A return that ends a slice is told
 * with the next slice, because it may be half of `\r\n`. Slices of UTF-16 begin at even offsets behind the byte-order mark and hold whole units.
 */
export function createLineStarts(encoding: Encoding): FindLineStarts {
  return encoding === "utf-8" ? utf8LineStarts() : utf16LineStarts(encoding === "utf-16le" ? 0 : 1);
}

/** No byte of a longer character of UTF-8 equals a line break. */
function utf8LineStarts(): FindLineStarts {
  let endedInReturn = false;
  return (slice, offset, found) => {
    if (endedInReturn && slice.length > 0) {
      endedInReturn = false;
      if (slice[0] !== lineFeed) found(offset);
    }
    let feed = slice.indexOf(lineFeed);
    let carriage = slice.indexOf(carriageReturn);
    while (feed >= 0 || carriage >= 0) {
      if (carriage >= 0 && (feed < 0 || carriage < feed)) {
        if (carriage === slice.length - 1) endedInReturn = true;
        else if (carriage + 1 !== feed) found(offset + carriage + 1);
        carriage = slice.indexOf(carriageReturn, carriage + 1);
      } else {
        found(offset + feed + 1);
        feed = slice.indexOf(lineFeed, feed + 1);
      }
    }
  };
}

function utf16LineStarts(low: 0 | 1): FindLineStarts {
  let endedInReturn = false;
  return (slice, offset, found) => {
    for (let unit = 0; unit + 1 < slice.length; unit += 2) {
      const code = slice[unit + 1 - low] === 0 ? slice[unit + low] : undefined;
      if (endedInReturn && code !== lineFeed) found(offset + unit);
      endedInReturn = code === carriageReturn;
      if (code === lineFeed) found(offset + unit + 2);
    }
  };
}

import { shinglesOfRecord } from "../dataset/similarity/likeness.ts";
import type { Reread } from "../dataset/similarity/near-pairs.ts";
import { createLineReader, opensRecord, readGroup } from "../dataset/units.ts";
import { linesUnread } from "./read-source.ts";

/**
 * Reads records of a UTF-8 file anew in which each begins on a line of its own: lines are counted, and made text only where one is wanted.
 * What it gives throws a FileError when the file cannot be read.
 */
export function rereadLines(path: string): Reread {
  return ({ lines }, take, read = shinglesOfRecord) => {
    if (lines.length === 0) return;
    const reader = createLineReader(linesUnread(path));
    try {
      let place = 0;
      for (let line = reader.next(); line && place < lines.length; line = reader.next()) {
        if (reader.number !== lines[place]) continue;
        take(place++, read(opensRecord(line.text) ? readGroup(line, reader, () => undefined).text : line.text));
      }
    } finally {
      reader.close();
    }
  };
}

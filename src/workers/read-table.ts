import { constants } from "node:buffer";
import { extname } from "node:path";
import type { Line } from "../dataset/source.ts";
import { FileError } from "./file-error.ts";
import { readArray, readObjectLines } from "./read-objects.ts";
import { readSeparated } from "./read-separated.ts";
import { openSource } from "./read-source.ts";
import type { Table } from "./table.ts";

/**
 * Reads a table: comma- or tab-separated values with a header (RFC 4180), JSON Lines of flat objects, or one JSON array of them;
 * the ending of the name says which. Throws a FileError when the file cannot be read; faults inside it are data.
 */
export function readTable(path: string): Table {
  const lines = readLines(path);
  // What a decoder put in place of such bytes is not what was written, so that no row of such a file is to be trusted.
  const faults = lines.flatMap(({ malformed }, index) => (malformed ? [{ line: index + 1, reason: "it has bytes that are no UTF-8; save the file as UTF-8 from the program that wrote it" }] : []));
  if (faults.length > 0) return { rows: [], faults };
  const ending = extname(path).toLowerCase();
  if (ending === ".json") return readArray(lines);
  if (ending === ".jsonl" || ending === ".ndjson" || ending === ".jsonlines") return readObjectLines(lines);
  return readSeparated(lines, ending === ".tsv" || ending === ".tab" ? "\t" : ",");
}

function readLines(path: string): readonly Line[] {
  const source = openSource(path);
  try {
    const lines: Line[] = [];
    let length = 0;
    for (const { text, lineBreak, malformed } of source.lines) {
      length += text.length + lineBreak.length;
      if (length > constants.MAX_STRING_LENGTH) throw new FileError("read", path, new Error(`it has more than ${Math.floor(constants.MAX_STRING_LENGTH / 1e6)} MB, which is more than can be converted at once; split it`));
      lines.push(malformed ? { text, lineBreak, malformed } : { text, lineBreak });
    }
    return lines;
  } finally {
    source.close();
  }
}

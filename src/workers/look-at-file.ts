import { recogniseFormat } from "../dataset/formats/index.ts";
import { properties, readTree } from "../dataset/json-node.ts";
import { readEntries } from "./read-entries.ts";

/** What a file begins with. */
export interface FileHead {
  /** The names of the first row's columns; nothing where there is no row of a table. */
  readonly columns: readonly string[];
  /** Whether its first record is in a format that Tunesmith knows. */
  readonly recognised: boolean;
}

/** Reads no more of a file than its first record. Rejects with a FileError when the file cannot be read. */
export async function lookAtFile(path: string): Promise<FileHead> {
  for await (const entries of readEntries(path)) {
    for (const entry of entries) {
      if (!("text" in entry)) continue;
      const record = readTree(entry.text);
      return { columns: properties(record).map(({ name }) => name), recognised: record !== undefined && recogniseFormat(record) !== undefined };
    }
  }
  return { columns: [], recognised: false };
}

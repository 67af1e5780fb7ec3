import { readTestRecord, recordKey } from "../evaluation/test-set.ts";
import { attempt } from "./file-error.ts";
import { openSource } from "./read-source.ts";

/** A record of a test file. */
export interface FoundRecord {
  /** From 0. */
  readonly line: number;
  readonly text: string;
}

/** The record of that key (`recordKey`) in a test file: on the line `near`, from 0, else the nearest to it; undefined where there is none. Throws a FileError. */
export function findRecord(path: string, key: string, near: number): FoundRecord | undefined {
  return search(path, key, near, (line) => line === near) ?? search(path, key, near, () => true);
}

/** Only lines that `may` are read as JSON, which takes its time. */
function search(path: string, key: string, near: number, may: (line: number) => boolean): FoundRecord | undefined {
  const source = attempt("read", path, () => openSource(path));
  try {
    return attempt("read", path, () => {
      let found: FoundRecord | undefined;
      let line = 0;
      for (const { text } of source.lines) {
        // Behind this one every other is farther away.
        if (found && line - near > Math.abs(found.line - near)) break;
        if (may(line) && isRecord(text, key) && (!found || Math.abs(line - near) < Math.abs(found.line - near))) found = { line, text };
        line += 1;
      }
      return found;
    });
  } finally {
    source.close();
  }
}

function isRecord(text: string, key: string): boolean {
  const record = readTestRecord(text, 1);
  return !("reason" in record) && recordKey(record) === key;
}

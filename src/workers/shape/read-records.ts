import { attempt, FileError } from "../file-error.ts";
import { watched, type FileProgress } from "../lint-file.ts";
import { openSource, type RawLine } from "../read-source.ts";

/** A line of a file that holds a record. */
export interface RecordLine extends RawLine {
  /** From 0, blank lines counted. */
  readonly line: number;
}

/** A record as a value. */
export interface ReadRecord extends RecordLine {
  readonly value: Readonly<Record<string, unknown>>;
}

/** The lines of a file that are not blank. Throws a FileError when it cannot be read. */
export function* recordLines(path: string, watch?: (progress: FileProgress) => void): Generator<RecordLine> {
  const source = openSource(path);
  try {
    const lines = watched(source, watch ?? (() => undefined))[Symbol.iterator]();
    let line = 0;
    for (let next = attempt("read", path, () => lines.next()); next.done !== true; next = attempt("read", path, () => lines.next())) {
      const { text, lineBreak, bytes, malformed } = next.value;
      if (text.trim() !== "") yield { line, text, lineBreak, bytes, ...(malformed ? { malformed } : {}) };
      line++;
    }
  } finally {
    source.close();
  }
}

/** The records of a file, one on each line. Throws a FileError when it cannot be read, or at a line that is no record: what becomes of that nobody could say. */
export function* readRecords(path: string, watch?: (progress: FileProgress) => void): Generator<ReadRecord> {
  for (const record of recordLines(path, watch)) yield { ...record, value: valueOf(path, record) };
}

function valueOf(path: string, { line, text, malformed }: RecordLine): Readonly<Record<string, unknown>> {
  let value: unknown;
  if (!malformed) {
    try {
      value = JSON.parse(text);
    } catch {
      // Told below.
    }
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new FileError("read", path, new Error(`line ${line + 1} is no record: one object of JSON is expected on each line. "Fix All Problems in New File", or \`tunesmith fix\`, repairs most of what can be wrong; the rest has to be corrected or removed first`));
}

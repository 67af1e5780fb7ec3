import { extname } from "node:path";
import type { Line } from "../dataset/source.ts";
import { unitsOf, type Unit } from "../dataset/units.ts";
import { notUtf8, type Entry } from "./entry.ts";
import { attempt } from "./file-error.ts";
import { watched, type FileProgress } from "./lint-file.ts";
import { readSeparated } from "./read-separated.ts";
import { openSource } from "./read-source.ts";

const batchLength = 1 << 16;
/** Endings that say what a file holds. Of any other, such as none, its first line says it. */
const delimiters: Readonly<Record<string, "," | "\t">> = { ".csv": ",", ".tsv": "\t", ".tab": "\t" };
const json = new Set([".json", ".jsonl", ".jsonlines", ".ndjson"]);

/**
 * Reads the records of a file, some at a time: JSON Lines, records that stand on several lines, a JSON array, comma- or tab-separated values with a
 * header (RFC 4180), of which each row is an object of texts, or Parquet; the last two are known by the ending of the name, or by a first
 * line that does not begin as JSON. Rejects with a FileError when the file
 * cannot be read; faults inside of it are entries.
 */
export async function* readEntries(path: string, watch: (progress: FileProgress) => void = () => undefined): AsyncGenerator<readonly Entry[]> {
  const ending = extname(path).toLowerCase();
  // Its reader and decompressors are needed by few.
  if (ending === ".parquet") return yield* (await import("./read-parquet.ts")).readParquet(path, watch);
  const source = openSource(path);
  try {
    const lines = attempting(path, watched(source, watch));
    const head = json.has(ending) || ending in delimiters ? [] : firstLine(lines);
    const delimiter = delimiters[ending] ?? delimiterOf(head.at(-1)?.text ?? "{");
    if (delimiter) yield* readSeparated(chain(head, lines), delimiter);
    else yield* readJson(chain(head, lines));
  } finally {
    source.close();
  }
}

/** The same lines; what reading them throws is told as a FileError about this file. */
function* attempting(path: string, lines: Iterable<Line>): Generator<Line> {
  const iterator = lines[Symbol.iterator]();
  for (let next = attempt("read", path, () => iterator.next()); next.done !== true; next = attempt("read", path, () => iterator.next())) yield next.value;
}

/** The lines up to the first that is not blank. */
function firstLine(lines: Iterator<Line>): readonly Line[] {
  const head: Line[] = [];
  for (let next = lines.next(); next.done !== true; next = lines.next()) {
    head.push(next.value);
    if (next.value.text.trim() !== "") break;
  }
  return head;
}

/** What a header is separated by; nothing for a line that begins as JSON does. */
function delimiterOf(header: string): "," | "\t" | undefined {
  if (/^\s*[[{]/.test(header)) return undefined;
  return header.includes("\t") && !header.includes(",") ? "\t" : ",";
}

function* chain(head: readonly Line[], rest: Iterable<Line>): Generator<Line> {
  yield* head;
  yield* rest;
}

function* readJson(lines: Iterable<Line>): Generator<readonly Entry[]> {
  const { units, layout } = unitsOf({ lines });
  let batch: Entry[] = [];
  let length = 0;
  let last = 0;
  for (const unit of units) {
    last = unit.line + unit.lines;
    if (unit.text.trim() === "") continue;
    batch.push(entryOf(unit));
    length += unit.text.length;
    if (length < batchLength) continue;
    yield batch;
    batch = [];
    length = 0;
  }
  if (layout() === "broken-array") batch.push({ line: Math.max(last, 1), fault: "the array of records is not closed behind the last of them" });
  yield batch;
}

function entryOf({ line, text, malformed }: Unit): Entry {
  return malformed.length > 0 ? { line: line + 1, fault: notUtf8 } : { line: line + 1, text };
}

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import type { Row } from "../dataset/convert/to-chat.ts";
import { detectEncoding } from "./read-source.ts";

/** A row and the line (from 1) on which it begins. */
export interface NumberedRow {
  readonly line: number;
  readonly row: Row;
}

/** A place in a table that cannot be read, with the reason. */
export interface TableFault {
  readonly line: number;
  readonly reason: string;
}

export interface Table {
  readonly rows: readonly NumberedRow[];
  readonly faults: readonly TableFault[];
}

/**
 * Reads the rows of a file: comma- or tab-separated values with a header (RFC 4180), JSON Lines of flat objects, or one JSON array of them;
 * the ending of the name says which. Throws Node's error when the file cannot be read; faults inside it are data.
 */
export function readTable(path: string): Table {
  const bytes = readFileSync(path);
  const { encoding } = detectEncoding(bytes.subarray(0, 4));
  const text = new TextDecoder(encoding).decode(bytes);
  const ending = extname(path).toLowerCase();
  if (ending === ".json") return readArray(text);
  if (ending === ".jsonl" || ending === ".ndjson" || ending === ".jsonlines") return readJsonLines(text);
  return readSeparated(text, ending === ".tsv" || ending === ".tab" ? "\t" : ",");
}

function readSeparated(text: string, delimiter: string): Table {
  let parsed: { record: string[]; info: { lines: number } }[];
  try {
    // The library's types do not know that `info` wraps every record.
    parsed = parse(text, { delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as unknown as typeof parsed;
  } catch (error) {
    if (error instanceof CsvError) return { rows: [], faults: [{ line: Number(error["lines"] ?? 1), reason: error.message }] };
    throw error;
  }
  const [header, ...body] = parsed;
  if (!header) return { rows: [], faults: [{ line: 1, reason: "the file is empty; expected a header line with the names of the columns" }] };
  const names = header.record.map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return { rows: [], faults: [{ line: 1, reason: `the column "${twice}" stands twice in the header` }] };
  const rows: NumberedRow[] = [];
  const faults: TableFault[] = [];
  for (const { record, info } of body) {
    // `info.lines` is where a row ends; one with line breaks inside its cells begins earlier.
    const line = info.lines - record.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    if (record.length !== names.length) faults.push({ line, reason: `it has ${record.length} cells; the header names ${names.length} columns` });
    else rows.push({ line, row: Object.fromEntries(names.map((name, index) => [name, record[index]])) });
  }
  return { rows, faults };
}

function readJsonLines(text: string): Table {
  const rows: NumberedRow[] = [];
  const faults: TableFault[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === "") continue;
    const row = readObject(line);
    if (typeof row === "string") faults.push({ line: index + 1, reason: row });
    else rows.push({ line: index + 1, row });
  }
  return { rows, faults };
}

function readObject(text: string): Row | string {
  try {
    const value: unknown = JSON.parse(text);
    return isRow(value) ? value : "it is no JSON object";
  } catch (error) {
    return `it is not valid JSON (${error instanceof Error ? error.message : String(error)})`;
  }
}

function readArray(text: string): Table {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { rows: [], faults: [{ line: 1, reason: `the file is not valid JSON (${error instanceof Error ? error.message : String(error)})` }] };
  }
  if (!Array.isArray(value)) return { rows: [], faults: [{ line: 1, reason: "the file holds no JSON array; expected a list of objects" }] };
  const faults = value.flatMap((entry, index) => (isRow(entry) ? [] : [{ line: 1, reason: `entry ${index + 1} of the list is no object` }]));
  return { rows: faults.length > 0 ? [] : value.filter(isRow).map((row) => ({ line: 1, row })), faults };
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

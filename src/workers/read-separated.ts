import { CsvError, parse } from "csv-parse";
import { writeJson } from "../dataset/convert/json-text.ts";
import type { Line } from "../dataset/source.ts";
import { notUtf8, type Entry } from "./entry.ts";

const batchLength = 1 << 16;

/**
 * Reads comma- or tab-separated values with a header (RFC 4180; blank lines are no rows), each row as a JSON object of texts. A row may stand on
 * several lines. Behind a fault in the quotation nothing can be told apart, so that reading ends there. Memory holds some rows at a time.
 */
export async function* readSeparated(lines: Iterable<Line>, delimiter: "," | "\t"): AsyncGenerator<readonly Entry[]> {
  const table = createTable();
  const places = createPlaces();
  let entries: Entry[] = [];
  let faultyLines: number[] = [];
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    // Programs that write tab-separated values quote a cell only where they must, and leave other quotation marks as they are.
    relax_quotes: delimiter === "\t",
    on_record: (cells: string[], { bytes }) => {
      const { line, end } = places.take(bytes);
      const foreign = faultyLines.some((number) => number >= line && number < end);
      faultyLines = faultyLines.filter((number) => number >= end);
      if (!foreign && !table.isUnusable()) entries.push(table.entryOf(line, cells));
      return null;
    },
  });
  let failure: Error | undefined;
  parser.on("error", (error) => (failure ??= error));
  const feed = (text: string): Promise<void> => new Promise((resolve) => parser.write(text, (error) => {
    failure ??= error ?? undefined;
    resolve();
  }));
  let text = "";
  for (const line of lines) {
    const number = places.add(line);
    if (line.malformed) {
      faultyLines.push(number);
      entries.push({ line: number, fault: notUtf8 });
    }
    text += line.text + line.lineBreak;
    if (text.length < batchLength) continue;
    await feed(text);
    text = "";
    yield entries;
    entries = [];
    if (failure || table.isUnusable()) break;
  }
  if (!failure) {
    if (text !== "") await feed(text);
    if (!failure) await new Promise<void>((resolve) => parser.on("error", () => resolve()).on("end", resolve).resume().end());
  }
  if (failure) entries.push({ line: places.next(), fault: reasonOf(failure) });
  else if (table.isEmpty()) entries.push({ line: 1, fault: "the file is empty; expected a header line with the names of the columns" });
  yield entries;
}

function reasonOf(error: Error): string {
  if (!(error instanceof CsvError)) throw error;
  return quotationFaults[error.code] ?? error.message;
}

const quotationFaults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quotation mark opens in this row and is never closed",
  CSV_INVALID_CLOSING_QUOTE: 'something stands behind a closing quotation mark; a quotation mark inside a quoted cell is written twice, as ""',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a cell that does not begin with one; quote the whole cell and write the mark twice, as ""',
};

/** Makes entries of rows: the first one names the columns. */
function createTable() {
  let columns: readonly string[] | undefined;
  let unusable = false;
  return {
    isEmpty: () => columns === undefined,
    /** Whether the header names a column twice, so that no row can be read. */
    isUnusable: () => unusable,
    entryOf(line: number, cells: readonly string[]): Entry {
      if (!columns) {
        columns = cells.map((name) => name.trim());
        const names = columns;
        const twice = names.find((name, index) => names.indexOf(name) !== index);
        unusable = twice !== undefined;
        return twice === undefined ? { line, columns } : { line, fault: `the column "${twice}" stands twice in the header` };
      }
      if (cells.length !== columns.length) return { line, fault: `it has ${count(cells.length, "cell")}; the header names ${count(columns.length, "column")}` };
      return { line, text: rowText(columns, cells) };
    },
  };
}

/** A row as JSON. It is written pair by pair, since an object would bring columns that are named by numbers to the front. */
function rowText(columns: readonly string[], cells: readonly string[]): string {
  return `{${columns.map((name, index) => `${writeJson(name)}:${writeJson(cells[index] ?? "")}`).join(",")}}`;
}

/** Knows on which line each row begins. The parser's own numbers count `\r\n` inside a cell twice where lines end in `\n`, so the bytes that it has read are looked up here. */
function createPlaces() {
  let begun: { readonly number: number; readonly from: number }[] = [];
  let bytes = 0;
  let last = 0;
  return {
    /** Gives the number of the line, from 1. */
    add({ text, lineBreak }: Line): number {
      last++;
      if (text !== "") begun.push({ number: last, from: bytes });
      bytes += Buffer.byteLength(text) + lineBreak.length;
      return last;
    },
    /** The lines of the row that has now been read up to this byte: from the first, up to but without the next row's. */
    take(readTo: number): { readonly line: number; readonly end: number } {
      const line = begun[0]?.number ?? last;
      const next = begun.findIndex(({ from }) => from >= readTo);
      begun = next < 0 ? [] : begun.slice(next);
      return { line, end: begun[0]?.number ?? last + 1 };
    },
    /** The line on which the row begins that could not be read. */
    next: (): number => begun[0]?.number ?? last,
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

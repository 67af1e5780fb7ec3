import { CsvError, parse } from "csv-parse/sync";
import type { Line } from "../dataset/source.ts";
import type { NumberedRow, Table, TableFault } from "./table.ts";

/** Reads comma- or tab-separated values with a header (RFC 4180; blank lines are no rows). A row may stand on several lines. */
export function readSeparated(lines: readonly Line[], delimiter: "," | "\t"): Table {
  const { records, fault } = parseRecords(lines, delimiter);
  const [first, ...body] = records;
  if (!first) return { rows: [], faults: [fault ?? { line: 1, reason: "the file is empty; expected a header line with the names of the columns" }] };
  const columns = first.cells.map((name) => name.trim());
  const header = { line: first.line, columns };
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) return { header, rows: [], faults: [{ line: first.line, reason: `the column "${twice}" stands twice in the header` }] };
  const rows: NumberedRow[] = [];
  const faults: TableFault[] = [];
  for (const { line, cells } of body) {
    if (cells.length !== columns.length) faults.push({ line, reason: `it has ${count(cells.length, "cell")}; the header names ${count(columns.length, "column")}` });
    else rows.push({ line, row: new Map(columns.map((name, index) => [name, cells[index] ?? ""])) });
  }
  if (fault) faults.push(fault);
  return { header, rows, faults };
}

interface SeparatedRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The records with the lines on which they begin, up to the first that breaks the rules of quotation: behind it nothing can be told apart. */
function parseRecords(lines: readonly Line[], delimiter: string): { readonly records: readonly SeparatedRecord[]; readonly fault?: TableFault } {
  const records: SeparatedRecord[] = [];
  // The parser's own line numbers count `\r\n` inside a cell twice where lines end in `\n`, so the bytes that it has read are looked up here.
  const beginnings = beginningsOf(lines);
  let next = 0;
  const beginAt = (bytes: number): void => {
    while (next < lines.length && ((beginnings[next] ?? 0) < bytes || lines[next]?.text === "")) next++;
  };
  beginAt(0);
  const text = lines.map((line) => line.text + line.lineBreak).join("");
  try {
    parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      // Programs that write tab-separated values quote a cell only where they must, and leave other quotation marks as they are.
      relax_quotes: delimiter === "\t",
      on_record: (cells: string[], { bytes }) => {
        records.push({ line: next + 1, cells });
        beginAt(bytes);
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, fault: { line: next + 1, reason: quotationFaults[error.code] ?? error.message } };
  }
}

const quotationFaults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quotation mark opens in this row and is never closed",
  CSV_INVALID_CLOSING_QUOTE: 'something stands behind a closing quotation mark; a quotation mark inside a quoted cell is written twice, as ""',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a cell that does not begin with one; quote the whole cell and write the mark twice, as ""',
};

/** The byte of the whole text at which each line begins. */
function beginningsOf(lines: readonly Line[]): readonly number[] {
  let bytes = 0;
  return lines.map(({ text, lineBreak }) => {
    const begin = bytes;
    bytes += Buffer.byteLength(text) + lineBreak.length;
    return begin;
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

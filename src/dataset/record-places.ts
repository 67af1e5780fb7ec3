import { createNumberTable, type CreateTable } from "./number-table.ts";
import type { Unit } from "./units.ts";

/** Where the records of a file stand, each by how many were added before it. */
export interface RecordPlaces {
  /** The line on which it begins, from 0. */
  line(record: number): number;
  /** The part of that line that it has, in UTF-16 units. */
  start(record: number): number;
  end(record: number): number;
  /** The characters of its text. */
  length(record: number): number;
  /** Whether its line, with its break, is nothing but this record. */
  isRemovable(record: number): boolean;
}

/** No text has more characters (V8: 2 to the power of 29). */
const longest = 2 ** 30 - 1;
const removable = 1 << 31;

/** What is read of a record's summary. */
type PlacedRecord = Pick<Unit, "line" | "lines" | "element" | "lineBreak"> & { readonly length: number };

/** Keeps the places of records in 16 bytes each. */
export function collectPlaces(createTable: CreateTable = createNumberTable): { add(unit: Pick<Unit, "start" | "text">, record: PlacedRecord): void; finish(): RecordPlaces } {
  const table = createTable(4);
  const row = new Uint32Array(4);
  return {
    add({ start, text }, { line, lines, length, element, lineBreak }) {
      row[0] = line;
      row[1] = start;
      row[2] = start + (lines === 1 ? length : firstLineOf(text));
      row[3] = length | (lines === 1 && !element && lineBreak !== "" ? removable : 0);
      table.push(row);
    },
    finish() {
      const read: (Uint32Array | undefined)[] = [];
      const at = (column: number, record: number): number => (read[column] ??= table.column(column))[record] ?? 0;
      return {
        line: (record) => at(0, record),
        start: (record) => at(1, record),
        end: (record) => at(2, record),
        length: (record) => at(3, record) & longest,
        isRemovable: (record) => (at(3, record) & removable) !== 0,
      };
    },
  };
}

/** How many characters of a text stand on its first line. */
function firstLineOf(text: string): number {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
}

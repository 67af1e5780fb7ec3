import { createNumberTable, type CreateTable } from "./number-table.ts";
import type { RecordSummary } from "./rules/rule.ts";

/** Where the records of a file stand, each by how many were added before it. */
export interface RecordPlaces {
  /** The line on which it begins, from 0. */
  line(record: number): number;
  /** The characters of its text. */
  length(record: number): number;
  /** Up to where it is marked: its length; 0 where it stands on several lines, or is an element of an array. */
  end(record: number): number;
  /** Whether its line, with its break, is nothing but this record. */
  isRemovable(record: number): boolean;
}

/** No text has more characters (V8: 2 to the power of 29). */
const longest = 2 ** 30 - 1;
const unmarked = 1 << 30;
const removable = 1 << 31;

/** Keeps the places of records in 8 bytes each. */
export function collectPlaces(createTable: CreateTable = createNumberTable): { add(summary: RecordSummary): void; finish(): RecordPlaces } {
  const table = createTable(2);
  const row = new Uint32Array(2);
  return {
    add({ line, lines, length, element, lineBreak }) {
      const isAlone = lines === 1 && !element;
      row[0] = line;
      row[1] = length | (isAlone ? 0 : unmarked) | (isAlone && lineBreak !== "" ? removable : 0);
      table.push(row);
    },
    finish() {
      let lines: Uint32Array | undefined;
      let marks: Uint32Array | undefined;
      const mark = (record: number): number => (marks ??= table.column(1))[record] ?? 0;
      return {
        line: (record) => (lines ??= table.column(0))[record] ?? 0,
        length: (record) => mark(record) & longest,
        end: (record) => ((mark(record) & unmarked) === 0 ? mark(record) & longest : 0),
        isRemovable: (record) => (mark(record) & removable) !== 0,
      };
    },
  };
}

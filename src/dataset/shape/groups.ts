import { createGrowingArray } from "../growing-array.ts";
import { createNumberTable, type CreateTable } from "../number-table.ts";
import { eachRepeated } from "../similarity/repeated-hashes.ts";
import { createSortRoom } from "../similarity/sort-by-key.ts";

/** Keeps together what belongs together: the union of sets (Tarjan 1975), whose head is the first of its members. */
export interface Groups {
  /** Says that two records are of one group. */
  join(a: number, b: number): void;
  /** Says that a record is of one group with all that have the same hash of the same kind. */
  joinByHash(record: number, kind: number, high: number, low: number): void;
  /** For each of so many records the first of its group. */
  finish(count: number): Uint32Array;
}

/** Makes groups of records, of whose hashes there are so many kinds: with 12 bytes for each hash, and 4 for each record. */
export function createGroups(kinds: number, createTable: CreateTable = createNumberTable): Groups {
  /** Of each hash its two halves, and its record. */
  const hashed = Array.from({ length: kinds }, () => createTable(3));
  const row = new Uint32Array(3);
  const pairs = createGrowingArray((length) => new Uint32Array(length));
  return {
    join(a, b) {
      pairs.push(a);
      pairs.push(b);
    },
    joinByHash(record, kind, high, low) {
      [row[0], row[1], row[2]] = [high, low, record];
      hashed[kind]?.push(row);
    },
    finish(count) {
      const heads = Uint32Array.from({ length: count }, (_, record) => record);
      const headOf = (record: number): number => {
        let head = record;
        while (heads[head] !== head) head = heads[head] ?? 0;
        // The way is made short, so that the next one is found at once.
        for (let at = record; at !== head; ) {
          const next = heads[at] ?? 0;
          heads[at] = head;
          at = next;
        }
        return head;
      };
      const join = (a: number, b: number): void => {
        const [one, other] = [headOf(a), headOf(b)];
        heads[Math.max(one, other)] = Math.min(one, other);
      };
      for (const table of hashed) {
        const records = table.column(2);
        eachRepeated(table.column(0), table.column(1), createSortRoom(table.length), (place, first) => join(records[first] ?? 0, records[place] ?? 0));
      }
      const joined = pairs.finish();
      for (let at = 0; at < joined.length; at += 2) join(joined[at] ?? 0, joined[at + 1] ?? 0);
      return heads.map((_, record) => headOf(record));
    },
  };
}

import { createGrowingArray } from "../growing-array.ts";

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
export function createGroups(kinds: number): Groups {
  const hashed = Array.from({ length: kinds }, () => ({ hashes: createGrowingArray((length) => new Float64Array(length)), records: createGrowingArray((length) => new Uint32Array(length)) }));
  const pairs = createGrowingArray((length) => new Uint32Array(length));
  return {
    join(a, b) {
      pairs.push(a);
      pairs.push(b);
    },
    joinByHash(record, kind, high, low) {
      hashed[kind]?.hashes.push((high & 0x1fffff) * 2 ** 32 + (low >>> 0));
      hashed[kind]?.records.push(record);
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
      for (const kind of hashed) {
        const [hashes, records] = [kind.hashes.finish(), kind.records.finish()];
        const order = Uint32Array.from(records, (_, place) => place).sort((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0));
        for (let at = 1; at < order.length; at++) {
          const [before = 0, place = 0] = [order[at - 1], order[at]];
          if (hashes[before] === hashes[place]) join(records[before] ?? 0, records[place] ?? 0);
        }
      }
      const joined = pairs.finish();
      for (let at = 0; at < joined.length; at += 2) join(joined[at] ?? 0, joined[at + 1] ?? 0);
      return heads.map((_, record) => headOf(record));
    },
  };
}

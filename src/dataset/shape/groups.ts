/** Keeps together what belongs together: a union of sets (Tarjan 1975) whose head is the first of its members. */
export interface Groups {
  /** Says that two records are of one group. */
  join(a: number, b: number): void;
  /** Joins a record with the one before that has the same hash of the same kind. */
  joinByHash(record: number, kind: number, high: number, low: number): void;
  /** For each of so many records the first of its group. */
  finish(count: number): Uint32Array;
}

/** Makes groups of records, of whose hashes there are so many kinds. */
export function createGroups(kinds: number): Groups {
  const first = Array.from({ length: kinds }, () => new Map<number, number>());
  const heads = new Map<number, number>();
  const headOf = (record: number): number => {
    let head = record;
    for (let next = heads.get(head); next !== undefined; next = heads.get(head)) head = next;
    // The way is made short, so that the next one is found at once.
    for (let at = record; at !== head; ) {
      const next = heads.get(at) ?? head;
      heads.set(at, head);
      at = next;
    }
    return head;
  };
  const join = (a: number, b: number): void => {
    const [one, other] = [headOf(a), headOf(b)];
    if (one !== other) heads.set(Math.max(one, other), Math.min(one, other));
  };
  return {
    join,
    joinByHash(record, kind, high, low) {
      const known = first[kind];
      const hash = (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
      const before = known?.get(hash);
      if (before === undefined) known?.set(hash, record);
      else join(before, record);
    },
    finish: (count) => Uint32Array.from({ length: count }, (_, record) => headOf(record)),
  };
}

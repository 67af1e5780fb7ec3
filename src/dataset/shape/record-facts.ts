/** What is known of the records of a dataset by which some are chosen and others kept together. */
export interface RecordFacts {
  readonly count: number;
  /** A hash of each record's value: equal records have the same. */
  readonly hashes: Float64Array;
  /** For each record the place of the first record of its group: what must not be learned in one part and asked in another. */
  readonly groups: Uint32Array;
  /** For each record the place of its stratum's name. */
  readonly strata: Uint32Array;
  /** One name, the empty one, where records are not told apart. */
  readonly names: readonly string[];
}

/** How many records there are of each stratum, in the order of the names; of those for which `counts` holds. */
export function countStrata({ count, strata, names }: RecordFacts, counts: (record: number) => boolean = () => true): number[] {
  const sizes = names.map(() => 0);
  for (let record = 0; record < count; record++) if (counts(record)) sizes[strata[record] ?? 0] = (sizes[strata[record] ?? 0] ?? 0) + 1;
  return sizes;
}

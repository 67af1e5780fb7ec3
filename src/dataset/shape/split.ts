import { apportion } from "./apportion.ts";
import { countStrata, type RecordFacts } from "./record-facts.ts";
import { inOrderOfRank, seededRank } from "./seeded-rank.ts";

/** How much of a dataset is kept back for one part: a share between 0 and 1, or a number of records. */
export type Amount = { readonly share: number } | { readonly records: number };

/** What is kept back of a dataset, part for part; the rest is for training. */
export interface SplitPlan {
  readonly heldOut: readonly Amount[];
  readonly seed: number;
  /** The part of a record that was kept back before, by its hash: from 1; undefined of any other. With it, nothing else is kept back. */
  readonly frozen?: (hash: number) => number | undefined;
}

/** How many records an amount is of so many. */
export function recordsIn(amount: Amount, count: number): number {
  return "share" in amount ? Math.round(amount.share * count) : Math.min(amount.records, count);
}

/**
 * The part of each record: 0 for training, from 1 for what is kept back. Each part has each stratum in proportion, as far as whole groups allow; records of a group
 * are never parted. A group goes where its first record's stratum says.
 */
export function split(facts: RecordFacts, { heldOut, seed, frozen }: SplitPlan): Uint8Array {
  const { count, groups, hashes } = facts;
  const parts = new Uint8Array(count);
  if (frozen) {
    const partOf = new Map<number, number>();
    for (let record = 0; record < count; record++) {
      const part = frozen(hashes[record] ?? 0);
      if (part !== undefined && !partOf.has(groups[record] ?? 0)) partOf.set(groups[record] ?? 0, part);
    }
    return parts.map((_, record) => partOf.get(groups[record] ?? 0) ?? 0);
  }
  const { sizes, ranks } = measureGroups(facts, seed);
  const strata = countStrata(facts);
  const wanted = heldOut.map((amount) => apportion(recordsIn(amount, count), strata));
  const partOf = new Uint8Array(count);
  for (const group of inOrderOfRank(count, (record) => ranks[record] ?? 2)) {
    const size = sizes[group] ?? 0;
    if (size === 0) break;
    const stratum = facts.strata[group] ?? 0;
    // A group that is larger than what lacks is taken where that leaves less too much than it would leave too little.
    const part = wanted.findIndex((lacking) => (lacking[stratum] ?? 0) * 2 >= size);
    const lacking = wanted[part];
    if (!lacking) continue;
    lacking[stratum] = (lacking[stratum] ?? 0) - size;
    partOf[group] = part + 1;
  }
  return parts.map((_, record) => partOf[groups[record] ?? 0] ?? 0);
}

/** For each first record of a group, the group's size, and a rank by the least of its hashes; size 0 and rank 2 for all others. */
function measureGroups({ count, groups, hashes }: RecordFacts, seed: number): { readonly sizes: Uint32Array; readonly ranks: Float64Array } {
  const sizes = new Uint32Array(count);
  const ranks = new Float64Array(count).fill(2);
  for (let record = 0; record < count; record++) {
    const group = groups[record] ?? 0;
    sizes[group] = (sizes[group] ?? 0) + 1;
    ranks[group] = Math.min(ranks[group] ?? 2, seededRank(hashes[record] ?? 0, seed));
  }
  return { sizes, ranks };
}

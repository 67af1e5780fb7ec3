import { apportion } from "./apportion.ts";
import { countStrata, type RecordFacts } from "./record-facts.ts";
import { inOrderOfRank, seededRank } from "./seeded-rank.ts";
import { recordsIn, type Amount } from "./split.ts";

/** Which records are chosen, 1 for each of them: as many as asked for, each stratum in proportion. Records and seed decide, whatever their order. */
export function sample(facts: RecordFacts, amount: Amount, seed: number): Uint8Array {
  return choose(facts, apportion(recordsIn(amount, facts.count), countStrata(facts)), seed);
}

/** Which records are left when no stratum has more than `most`, or than the rarest has where that is not said: 1 for each that stays. */
export function balance(facts: RecordFacts, most: number | undefined, seed: number): Uint8Array {
  const sizes = countStrata(facts);
  const limit = most ?? Math.min(...sizes.filter((size) => size > 0));
  return choose(facts, sizes.map((size) => Math.min(size, limit)), seed);
}

function choose({ count, hashes, strata }: RecordFacts, wanted: number[], seed: number): Uint8Array {
  const chosen = new Uint8Array(count);
  for (const record of inOrderOfRank(count, (place) => seededRank(hashes[place] ?? 0, seed))) {
    const stratum = strata[record] ?? 0;
    const lacking = wanted[stratum] ?? 0;
    if (lacking === 0) continue;
    wanted[stratum] = lacking - 1;
    chosen[record] = 1;
  }
  return chosen;
}

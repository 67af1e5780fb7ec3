import { seededRank } from "./shape/seeded-rank.ts";

/** Some of the entries of a file whose number is not known before it ends, with a value of each. */
export interface Reservoir {
  /** How many were offered. */
  readonly offered: number;
  offer(record: number, value: number): void;
  /** Those that were kept, in the order in which they were offered. */
  finish(): { readonly records: Uint32Array; readonly values: Float64Array };
}

/**
 * Keeps at most `size` of the entries that it is offered: all, or where there are more, each with the same chance (Vitter, Random Sampling with a Reservoir, 1985, algorithm R). The same entries
 * in the same order leave the same ones.
 */
export function createReservoir(size: number): Reservoir {
  const records: number[] = [];
  const values: number[] = [];
  let offered = 0;
  return {
    get offered() {
      return offered;
    },
    offer(record, value) {
      const place = offered < size ? offered : Math.floor(seededRank(offered, 1) * (offered + 1));
      offered++;
      if (place >= size) return;
      records[place] = record;
      values[place] = value;
    },
    finish() {
      const order = Array.from(records.keys()).sort((a, b) => (records[a] ?? 0) - (records[b] ?? 0));
      return { records: Uint32Array.from(order, (place) => records[place] ?? 0), values: Float64Array.from(order, (place) => values[place] ?? 0) };
    },
  };
}

import { createGrowingArray } from "../growing-array.ts";
import { hashNumber } from "../murmur-hash.ts";
import type { CreateTable } from "../number-table.ts";
import { recordFingerprint } from "../record-fingerprint.ts";
import { behindBands, likenessOf } from "../similarity/likeness.ts";
import { bandPlan } from "../similarity/min-hash.ts";
import { createNearPairs, type Reread } from "../similarity/near-pairs.ts";
import { createGroups } from "./groups.ts";
import type { RecordFacts } from "./record-facts.ts";
import { createStrata, type Strata } from "./strata.ts";

/** What is read of records beside their hashes. */
export interface FactsWanted {
  readonly strata: Strata;
  /** Whether records that are equal or nearly equal are grouped, from which Jaccard similarity on, and whether those too that ask the same or are of one conversation. */
  readonly groups?: { readonly similarity: number; readonly conversations: boolean };
}

/** Collects the facts of records, which are added in their order: of each the number of its line from 0, and what it is. */
export interface FactsReader {
  add(record: { readonly line: number; readonly text: string; readonly value: Readonly<Record<string, unknown>> }): void;
  finish(reread: Reread): RecordFacts;
}

const kinds = { equal: 0, prompt: 1, opening: 2 };

export function createFactsReader({ strata: by, groups: wanted }: FactsWanted, createTable?: CreateTable): FactsReader {
  const hashes = createGrowingArray((length) => new Float64Array(length));
  const lines = createGrowingArray((length) => new Uint32Array(length));
  const lengths = createGrowingArray((length) => new Uint32Array(length));
  const strata = createStrata(by);
  const groups = createGroups(3, createTable);
  const plan = bandPlan(wanted?.similarity ?? 1);
  const pairs = wanted && createNearPairs(wanted.similarity, plan, createTable);
  const joinByLikeness = (record: number, likeness: Uint32Array, kind: "prompt" | "opening"): void => {
    const at = plan.bands + behindBands[kind];
    const [high = 0, low = 0] = [likeness[at], likeness[at + 1]];
    if (high !== 0 || low !== 0) groups.joinByHash(record, kinds[kind], high, low);
  };
  return {
    add({ line, text, value }) {
      const record = hashes.length;
      const fingerprint = recordFingerprint(value);
      hashes.push(hashNumber(fingerprint));
      lines.push(line);
      lengths.push(text.length);
      strata.add(value);
      if (!wanted) return;
      groups.joinByHash(record, kinds.equal, fingerprint.high, fingerprint.low);
      const likeness = likenessOf(text, wanted.similarity);
      if (!likeness) return;
      pairs?.add(record, fingerprint, likeness);
      for (const kind of wanted.conversations ? (["prompt", "opening"] as const) : []) joinByLikeness(record, likeness, kind);
    },
    finish(reread) {
      const count = hashes.length;
      const at = lines.finish();
      for (const { record, before } of pairs?.find((records, take) => reread({ records, lines: records.map((each) => at[each] ?? 0) }, take), (record) => lengths.at(record)) ?? []) groups.join(record, before);
      return { count, hashes: hashes.finish(), groups: groups.finish(count), ...strata.finish() };
    },
  };
}

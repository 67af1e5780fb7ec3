import assert from "node:assert/strict";
import fc from "fast-check";
import { apportion } from "../../../../src/dataset/shape/apportion.ts";
import type { RecordFacts } from "../../../../src/dataset/shape/record-facts.ts";
import { balance, sample } from "../../../../src/dataset/shape/sample.ts";
import { split } from "../../../../src/dataset/shape/split.ts";

/** Facts of records that are each a group of their own, with these strata. */
const factsOf = (strata: readonly number[], groups = strata.map((_, record) => record)): RecordFacts => ({
  count: strata.length, hashes: Float64Array.from(strata, (_, record) => record * 7919 + 1), groups: Uint32Array.from(groups), strata: Uint32Array.from(strata), names: ["a", "b", "c"],
});
const sizes = (parts: Uint8Array, part: number): number => parts.filter((each) => each === part).length;

describe("splitting records", () => {
  const strata = Array.from({ length: 1000 }, (_, record) => (record % 10 === 0 ? 1 : record % 100 === 1 ? 2 : 0));

  it("keeps back as many as asked for, each stratum in proportion, in every part", () => {
    const parts = split(factsOf(strata), { heldOut: [{ share: 0.1 }, { records: 50 }], seed: 1 });
    assert.deepEqual([sizes(parts, 0), sizes(parts, 1), sizes(parts, 2)], [850, 100, 50]);
    const rare = strata.flatMap((stratum, record) => (stratum === 1 ? [parts[record]] : []));
    assert.deepEqual([rare.filter((part) => part === 1).length, rare.filter((part) => part === 2).length], [10, 5]);
    assert.notDeepEqual(split(factsOf(strata), { heldOut: [{ share: 0.1 }], seed: 2 }), split(factsOf(strata), { heldOut: [{ share: 0.1 }], seed: 1 }));
  });

  it("never parts a group, whatever the groups are", () => {
    fc.assert(fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 200 }), fc.nat(), (members, seed) => {
      const first = new Map<number, number>();
      const groups = members.map((member, record) => {
        if (!first.has(member)) first.set(member, record);
        return first.get(member) ?? 0;
      });
      const parts = split(factsOf(members.map(() => 0), groups), { heldOut: [{ share: 0.3 }], seed });
      for (const [record, group] of groups.entries()) assert.equal(parts[record], parts[group]);
    }), { numRuns: 50 });
  });

  it("keeps back what a list says, with the rest of its groups, and nothing else", () => {
    const facts = factsOf([0, 0, 0, 0], [0, 1, 1, 3]);
    assert.deepEqual([...split(facts, { heldOut: [{ share: 0.5 }], seed: 1, frozen: (hash) => (hash === facts.hashes[2] ? 1 : undefined) })], [0, 1, 1, 0]);
  });

  it("takes the same records in whatever order they stand", () => {
    const facts = factsOf(Array.from({ length: 50 }, () => 0));
    const reversed = { ...facts, hashes: facts.hashes.slice().reverse() };
    assert.deepEqual([...split(reversed, { heldOut: [{ share: 0.2 }], seed: 3 })].reverse(), [...split(facts, { heldOut: [{ share: 0.2 }], seed: 3 })]);
  });
});

describe("choosing records", () => {
  it("samples each stratum in proportion", () => {
    const strata = Array.from({ length: 300 }, (_, record) => (record < 100 ? 0 : 1));
    const chosen = sample(factsOf(strata), { records: 30 }, 1);
    assert.deepEqual([sizes(chosen.subarray(0, 100), 1), sizes(chosen.subarray(100), 1)], [10, 20]);
  });

  it("balances to the rarest stratum, or to a number", () => {
    const strata = [0, 0, 0, 0, 0, 1, 1];
    assert.deepEqual([sizes(balance(factsOf(strata), undefined, 1), 1), sizes(balance(factsOf(strata), 3, 1), 1)], [4, 5]);
  });

  it("shares a number out so that all of it is given and nobody gets more than its weight", () => {
    fc.assert(fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), (weights, share) => {
      const total = Math.floor(share * weights.reduce((sum, weight) => sum + weight, 0));
      const given = apportion(total, weights);
      assert.equal(given.reduce((sum, each) => sum + each, 0), total);
      assert.ok(given.every((each, place) => each <= (weights[place] ?? 0)));
    }));
  });
});

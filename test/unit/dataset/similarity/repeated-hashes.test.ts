import assert from "node:assert/strict";
import fc from "fast-check";
import { eachRepeated } from "../../../../src/dataset/similarity/repeated-hashes.ts";
import { createSortRoom } from "../../../../src/dataset/similarity/sort-by-key.ts";

function repeated(hashes: readonly (readonly [high: number, low: number])[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  eachRepeated(Uint32Array.from(hashes, ([high]) => high), Uint32Array.from(hashes, ([, low]) => low), createSortRoom(hashes.length), (place, first) => void found.set(place, first));
  return found;
}

describe("hashes that are there before", () => {
  it("are each handed over with the first place that has it, few or many, and zeros are none", () => {
    const half = fc.constantFrom(0, 1, 2, 2 ** 31, 2 ** 32 - 1);
    fc.assert(fc.property(fc.array(fc.tuple(half, half), { maxLength: 40 }), fc.constantFrom(1, 1000), (some, times) => {
      const hashes = Array.from({ length: times }, () => some).flat();
      const firsts = new Map<string, number>();
      const expected: [number, number][] = [];
      for (const [place, [high, low]] of hashes.entries()) {
        const first = firsts.get(`${high} ${low}`);
        if (high === 0 && low === 0) continue;
        if (first === undefined) firsts.set(`${high} ${low}`, place);
        else expected.push([place, first]);
      }
      assert.deepEqual([...repeated(hashes)].sort((a, b) => a[0] - b[0]), expected);
    }), { numRuns: 20 });
  });
});

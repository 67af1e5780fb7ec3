import assert from "node:assert/strict";
import { createReservoir } from "../../../src/dataset/reservoir.ts";

function kept(offered: number, size: number): { readonly records: Uint32Array; readonly values: Float64Array } {
  const reservoir = createReservoir(size);
  for (let record = 0; record < offered; record++) reservoir.offer(2 * record, -record);
  assert.equal(reservoir.offered, offered);
  return reservoir.finish();
}

describe("a reservoir", () => {
  it("keeps all that it is offered while there is room, each with its value", () => {
    assert.deepEqual(kept(0, 3), { records: new Uint32Array(), values: new Float64Array() });
    assert.deepEqual(kept(3, 3), { records: Uint32Array.of(0, 2, 4), values: Float64Array.of(-0, -1, -2) });
  });

  it("keeps as many as it has room for, in their order, each with its value, the same ones each time", () => {
    const { records, values } = kept(10_000, 1000);
    assert.equal(new Set(records).size, 1000);
    assert.deepEqual(records, records.slice().sort());
    records.forEach((record, place) => assert.equal(values[place], -record / 2));
    assert.deepEqual(kept(10_000, 1000).records, records);
  });

  it("gives each the same chance, the first as the last", () => {
    const { records } = kept(100_000, 10_000);
    for (let tenth = 0; tenth < 10; tenth++) {
      const count = records.filter((record) => Math.floor(record / 20_000) === tenth).length;
      // Five standard deviations of the hypergeometric distribution, whose variance is 10,000 × 0.1 × 0.9 × 0.9.
      assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(810), `${count} of the ${tenth}th tenth`);
    }
  });
});

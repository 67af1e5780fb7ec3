import assert from "node:assert/strict";
import fc from "fast-check";
import { isHeldOut } from "../../../../src/dataset/insight/hold-out.ts";

describe("keeping records back", () => {
  const lines = Array.from({ length: 2000 }, (_, index) => `{"n":${index}}`);
  const kept = (share: number, seed = 0): string[] => lines.filter((line) => isHeldOut(line, { share, seed }));

  it("takes about the share that is asked for, others with another seed, and more of the same for a larger share", () => {
    // Four standard deviations of a binomial: 2000 × 0.1.
    assert.ok(Math.abs(kept(0.1).length - 200) < 54, String(kept(0.1).length));
    assert.notDeepEqual(kept(0.1, 1), kept(0.1));
    const larger = new Set(kept(0.3));
    assert.ok(kept(0.1).every((line) => larger.has(line)));
  });

  it("decides by the record alone, whatever stands around it", () => {
    fc.assert(fc.property(fc.string(), fc.nat(), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (line, seed, share) => {
      assert.equal(isHeldOut(`  ${line}\n`, { share, seed }), isHeldOut(line, { share, seed }));
    }));
  });
});

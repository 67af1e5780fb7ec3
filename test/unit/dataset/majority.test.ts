import assert from "node:assert/strict";
import fc from "fast-check";
import { createMajority } from "../../../src/dataset/majority.ts";

describe("the majority of a stream", () => {
  it("is told whenever 95 % are one value, never when 90 % are not, and never counted too high", () => {
    const values = fc.nat({ max: 3 }).chain((others) => fc.array(fc.oneof({ weight: 40, arbitrary: fc.constant(0) }, { weight: others, arbitrary: fc.constantFrom(1, 2) }), { minLength: 40, maxLength: 120, size: "max" }));
    const told = { yes: 0, no: 0 };
    fc.assert(fc.property(values, (stream) => {
      const majority = createMajority();
      for (const [line, value] of stream.entries()) majority.add(value, line);
      const result = majority.result();
      const most = Math.max(...[...new Set(stream)].map((value) => stream.filter((each) => each === value).length));
      if (stream.length < 50 || most < 0.9 * stream.length) assert.equal(result, undefined);
      else if (most >= 0.95 * stream.length) assert.ok(result);
      told[result ? "yes" : "no"]++;
      if (!result) return;
      assert.equal(result.total, stream.length);
      assert.ok(result.count <= most);
      assert.equal(stream[result.line], 0);
    }), { numRuns: 2000 });
    assert.ok(told.yes > 100 && told.no > 100, JSON.stringify(told));
  });
});

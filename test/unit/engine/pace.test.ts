import assert from "node:assert/strict";
import { createPace } from "../../../src/engine/pace.ts";

describe("createPace", () => {
  it("estimates nothing before two steps, then from the pace of this run", () => {
    const pace = createPace();
    assert.equal(pace.finish(), undefined);
    pace.take(41, 50, 1000);
    assert.equal(pace.finish(), undefined);
    pace.take(43, 50, 5000);
    assert.equal(pace.finish(), 5000 + 7 * 2000);
  });

  it("does not take the figures of the validation file for a step", () => {
    const pace = createPace();
    pace.take(1, 4, 0);
    pace.take(1, 4, 900);
    assert.equal(pace.finish(), undefined);
    pace.take(2, 4, 1000);
    pace.take(2, 4, 9000);
    assert.equal(pace.finish(), 3000);
  });

  it("is at its end with the last step", () => {
    const pace = createPace();
    for (const step of [1, 2, 3]) pace.take(step, 3, step * 100);
    assert.equal(pace.finish(), 300);
  });
});

import assert from "node:assert/strict";
import { remainingTime } from "../../../src/evaluation/remaining-time.ts";

const after = (answered: number, kept = 0, failed = 0) => ({ candidate: "m", answered, failed, kept, total: 100 });

describe("the time that an evaluation still takes", () => {
  it("goes by the pace of what was asked for since", () => {
    assert.equal(remainingTime(after(0), after(20), 10_000), 40_000);
    assert.equal(remainingTime(after(0), after(15, 0, 5), 10_000), 40_000, "a failure took its time too");
    assert.equal(remainingTime(after(1), after(11), 10_000), 89_000, "what came before the clock began does not count");
  });

  it("takes no answer that was kept for a quick one", () => {
    assert.equal(remainingTime(after(1, 1), after(60, 50), 10_000), 40_000);
  });

  it("is not told before there is a pace", () => {
    assert.equal(remainingTime(after(0), after(4), 1000), undefined);
    assert.equal(remainingTime(after(1, 1), after(54, 50), 1000), undefined);
  });
});

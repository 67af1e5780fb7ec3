import assert from "node:assert/strict";
import { signTest } from "../../../src/dataset/sign-test.ts";

describe("the exact sign test", () => {
  it("gives the sums of binomial coefficients", () => {
    assert.equal(signTest(9, 1).toFixed(9), (22 / 1024).toFixed(9));
    assert.equal(signTest(5, 5), 1);
    assert.equal(signTest(0, 0), 1);
    assert.equal(signTest(20, 0).toPrecision(6), (2 / 2 ** 20).toPrecision(6));
  });

  it("is the same the other way round, and neither overflows nor ends at nothing", () => {
    assert.equal(signTest(232, 52), signTest(52, 232));
    assert.ok(signTest(232, 52) > 0 && signTest(232, 52) < 1e-20);
    assert.ok(Math.abs(signTest(500_100, 499_900) - 0.842) < 0.001);
  });
});

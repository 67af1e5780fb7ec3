import assert from "node:assert/strict";
import fc from "fast-check";
import { judge } from "../../../src/evaluation/verdict.ts";

describe("verdict", () => {
  it("says better only when interval and exact test agree, with the numbers it rests on", () => {
    const verdict = judge({ both: 2, only_candidate: 90, only_baseline: 1, neither: 7 });
    assert.equal(verdict.outcome, "better");
    assert.match(verdict.words, /better than its base: \+89\.0 points \(95 % interval \+\d+\.\d points to \+\d+\.\d points, exact McNemar p below 0\.001, 100 records\)/);
  });

  it("says worse when the tuned model lost", () => {
    assert.equal(judge({ both: 50, only_candidate: 2, only_baseline: 30, neither: 18 }).outcome, "worse");
  });

  it("cannot tell from a small difference, and says how many more records it takes", () => {
    const verdict = judge({ both: 60, only_candidate: 12, only_baseline: 8, neither: 20 });
    assert.equal(verdict.outcome, "cannot-tell");
    assert.equal(verdict.recordsNeeded, 882);
    assert.match(verdict.words, /About 882 more records/);
  });

  it("says that no number of records would show a difference of zero", () => {
    assert.match(judge({ both: 5, only_candidate: 3, only_baseline: 3, neither: 5 }).words, /No number of records/);
    assert.equal(judge({ both: 0, only_candidate: 0, only_baseline: 0, neither: 0 }).outcome, "cannot-tell");
  });

  it("is never sure without both the interval and the test", () => {
    fc.assert(fc.property(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40), (both, only_candidate, only_baseline, neither) => {
      const { outcome, low, high, p } = judge({ both, only_candidate, only_baseline, neither });
      assert.equal(outcome !== "cannot-tell", (low > 0 || high < 0) && p < 0.05);
    }));
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { mcnemarExact, newcombePairedInterval } from "../../../src/evaluation/index.ts";
import { judge } from "../../../src/evaluation/verdict.ts";

const counts = (both: number, only_candidate: number, only_baseline: number, neither: number) => ({ both, only_candidate, only_baseline, neither });

describe("verdict", () => {
  it("says better only when interval and exact test agree, with the numbers it rests on", () => {
    const verdict = judge(counts(2, 90, 1, 7));
    assert.equal(verdict.outcome, "better");
    assert.equal(verdict.headline, "The tuned model is better");
    assert.equal(verdict.words, "The tuned model is right 89.0 percentage points more often than its base: of 100 records, 90 only it has right and 1 only its base. The 95 % interval of that difference is +79.4 to +93.6 points, and the exact McNemar test gives p < 0.0001.");
  });

  it("says worse when the tuned model lost", () => {
    const verdict = judge(counts(50, 2, 30, 18));
    assert.equal(verdict.outcome, "worse");
    assert.match(verdict.words, /28\.0 percentage points less often/);
  });

  it("cannot tell from a small difference, and says how many more records it takes", () => {
    const verdict = judge(counts(60, 12, 8, 20));
    assert.equal(verdict.outcome, "cannot-tell");
    assert.equal(verdict.recordsNeeded, 882);
    assert.match(verdict.words, /interval of that difference is −\d.* to \+\d.*p = 0\.503\. .*about 882 more test records are needed\.$/);
  });

  it("says in words that no number of records would show a difference of zero", () => {
    const verdict = judge(counts(5, 3, 3, 5));
    assert.equal(verdict.recordsNeeded, Infinity);
    assert.match(verdict.words, /^The tuned model is right as often as its base: .* No number of records would show a difference of zero\.$/);
    assert.doesNotMatch(verdict.words, /Infinity|NaN/);
  });

  it("cannot tell when there is nothing to compare", () => {
    assert.deepEqual(judge(counts(0, 0, 0, 0)), { outcome: "cannot-tell", headline: "Cannot tell which model is better", words: "No record was answered by both models." });
  });

  it("cannot tell where the interval excludes zero and the exact test does not agree", () => {
    const verdict = judge(counts(0, 5, 0, 5));
    assert.match(verdict.words, /is \+11\.7 to \+76\.3 points, and the exact McNemar test gives p = 0\.0625\..* 6 more test records/);
    assert.equal(verdict.outcome, "cannot-tell");
  });

  it("always asks for at least one more record when it cannot tell", () => {
    fc.assert(fc.property(fc.nat(400), fc.nat(40), fc.nat(40), fc.nat(400), (both, f, g, neither) => {
      fc.pre(both + f + g + neither > 0);
      const { outcome, recordsNeeded } = judge(counts(both, f, g, neither));
      if (outcome === "cannot-tell") assert.ok(recordsNeeded !== undefined && recordsNeeded >= 1);
    }));
  });

  it("is never sure without both the interval and the test", () => {
    fc.assert(fc.property(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40), (...cells) => {
      const each = counts(...cells);
      const { low, high } = newcombePairedInterval({ ...each, confidence: 0.95 });
      const { p_value } = mcnemarExact({ b: each.only_candidate, c: each.only_baseline });
      assert.equal(judge(each).outcome !== "cannot-tell", (low > 0 || high < 0) && p_value < 0.05);
    }));
  });

  it("turns with its models", () => {
    const opposite = { better: "worse", worse: "better", "cannot-tell": "cannot-tell" } as const;
    fc.assert(fc.property(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40), (both, f, g, neither) => {
      assert.equal(judge(counts(both, g, f, neither)).outcome, opposite[judge(counts(both, f, g, neither)).outcome]);
    }));
  });
});

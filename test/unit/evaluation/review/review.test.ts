import assert from "node:assert/strict";
import fc from "fast-check";
import { reviewItems } from "../../../../src/evaluation/review/blind-order.ts";
import { readReview, type ReviewEntry } from "../../../../src/evaluation/review/review-entry.ts";
import { sumUpReview } from "../../../../src/evaluation/review/sum-up-review.ts";

const at = "2026-03-04T10:11:12.000Z";
const said = (by: string, line: number, preferred: string | null): ReviewEntry => ({ at, by, line, pair: ["base", "tuned"], first: "tuned", preferred });
const rated = (by: string, line: number, candidate: string, rating: number): ReviewEntry => ({ at, by, line, candidate, rating });
const write = (...entries: ReviewEntry[]): string => entries.map((each) => `${JSON.stringify(each)}\n`).join("");
const records = (number: number) => Array.from({ length: number }, (_, index) => ({ line: index + 1, answered: [true, true, true] }));

describe("a review by a person", () => {
  it("keeps the last word on the same answers, whichever was shown first, and passes over what is broken", () => {
    const turned = { ...said("ann", 3, "base"), pair: ["tuned", "base"] } as ReviewEntry;
    assert.deepEqual(readReview(`${write(said("ann", 3, "tuned"), rated("ann", 3, "base", 2))}{"at":\n[]\n${write(turned, rated("ann", 3, "base", 5))}`), [turned, rated("ann", 3, "base", 5)]);
    assert.deepEqual(readReview('{"at":"x","by":"ann","line":1,"candidate":"a","rating":9}'), []);
  });

  it("shows every record once, answers in an order of chance for each, and the same again for the same seed", () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 0, max: 60 }), (seed, number) => {
      const items = reviewItems(records(number), [0, 2], "pair", seed);
      assert.deepEqual(items, reviewItems(records(number), [0, 2], "pair", seed));
      assert.deepEqual([...items].sort((a, b) => a.line - b.line).map(({ line, candidates }) => [line, [...candidates].sort()]), records(number).map(({ line }) => [line, [0, 2]]));
    }), { numRuns: 40 });
    const items = reviewItems(records(1000), [0, 1], "pair", "seed");
    const swapped = items.filter(({ candidates }) => candidates[0] === 1).length;
    assert.ok(swapped > 440 && swapped < 560, `${swapped} of 1000 are swapped`);
    assert.notDeepEqual(items.map(({ line }) => line), records(1000).map(({ line }) => line));
    assert.notDeepEqual(items, reviewItems(records(1000), [0, 1], "pair", "another seed"));
  });

  it("leaves out what was not answered", () => {
    const some = [{ line: 1, answered: [true, false] }, { line: 2, answered: [true, true] }];
    assert.deepEqual(reviewItems(some, [0, 1], "pair", "s").map(({ line }) => line), [2]);
    assert.deepEqual(reviewItems(some, [0, 1], "rating", "s").map(({ line, candidates }) => `${line} ${candidates.join()}`).sort(), ["1 0", "2 0", "2 1"]);
  });

  it("counts wins, losses and ties with the exact sign test, and says better only where that and the interval do", () => {
    const few = sumUpReview(new Map([["ann", [said("ann", 1, "tuned"), said("ann", 2, "tuned"), said("ann", 3, "base"), said("ann", 4, null)]]]), ["base", "tuned"]).comparison;
    assert.deepEqual([few?.wins, few?.losses, few?.ties, few?.outcome, few?.p], [2, 1, 1, "cannot-tell", 1]);
    const many = sumUpReview(new Map([["ann", Array.from({ length: 12 }, (_, index) => said("ann", index + 1, index < 11 ? "tuned" : "base"))]]), ["base", "tuned"]).comparison;
    // 2 · (1 + 12) / 2¹²
    assert.deepEqual([many?.outcome, many?.p.toFixed(6)], ["better", ((2 * 13) / 4096).toFixed(6)]);
    assert.equal(sumUpReview(new Map([["ann", [said("ann", 1, "tuned")]]]), ["tuned", "base"]).comparison?.losses, 1, "the pair may be turned");
  });

  it("counts a record once, however many people reviewed it, and says how far two agree beyond chance", () => {
    const ann = [said("ann", 1, "tuned"), said("ann", 2, "tuned"), said("ann", 3, "base"), said("ann", 4, "base")];
    const ben = [said("ben", 1, "tuned"), said("ben", 2, "base"), said("ben", 3, "base"), said("ben", 4, "base"), said("ben", 5, "tuned")];
    const summary = sumUpReview(new Map([["ann", ann], ["ben", ben]]), ["base", "tuned"]);
    assert.deepEqual([summary.comparison?.wins, summary.comparison?.losses, summary.comparison?.ties], [2, 2, 1]);
    // 3 of 4 agree; by chance 1/2·1/4 + 1/2·3/4 = 1/2.
    assert.deepEqual(summary.agreement, [{ reviewers: ["ann", "ben"], of: "pairs", n: 4, kappa: 0.5 }]);
  });

  it("takes ratings by the mean of each answer, and leaves other candidates out", () => {
    const summary = sumUpReview(new Map([["ann", [rated("ann", 1, "base", 2), rated("ann", 1, "tuned", 4), rated("ann", 1, "other", 1)]], ["ben", [rated("ben", 1, "tuned", 5)]]]), ["base", "tuned"]);
    assert.deepEqual(summary.marks?.map(({ n, mean }) => [n, mean]), [[1, 2], [1, 4.5]]);
    assert.deepEqual(summary.reviewers, [{ name: "ann", pairs: 0, ratings: 2 }, { name: "ben", pairs: 0, ratings: 1 }]);
    assert.equal(summary.comparison, undefined);
  });
});

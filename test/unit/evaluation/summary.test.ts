import assert from "node:assert/strict";
import fc from "fast-check";
import { summarise, type Judgement } from "../../../src/evaluation/summary.ts";

const times = (number: number, judgement: Judgement): Judgement[] => Array.from({ length: number }, () => judgement);
const won: Judgement = { base: false, tuned: true };

describe("summary of an evaluation", () => {
  it("counts pairs and gives each model its rate and interval", () => {
    const summary = summarise([...times(3, { base: true, tuned: true }), ...times(5, won), ...times(1, { base: true, tuned: false }), ...times(1, { base: false, tuned: false })]);
    assert.deepEqual(summary.counts, { both: 3, only_candidate: 5, only_baseline: 1, neither: 1 });
    assert.deepEqual([summary.base.right, summary.base.n, summary.base.rate, summary.tuned.rate], [4, 10, 0.4, 0.8]);
    assert.equal(summary.difference.difference, 0.4);
    assert.equal(summary.p, 0.21875);
  });

  it("leaves a record without an answer out of both rates, and says so", () => {
    const summary = summarise([...times(40, won), { base: undefined, tuned: true }, { base: true, tuned: undefined }]);
    assert.deepEqual([summary.answered, summary.unanswered, summary.tuned.n], [40, 2, 40]);
    assert.equal(summary.verdict.outcome, "better");
    assert.match(summary.verdict.words, /2 records had no answer .* are left out\. The verdict would stand whatever the missing answers were\.$/);
  });

  it("claims nothing that the missing answers could turn", () => {
    const { verdict } = summarise([...times(8, won), ...times(4, { base: undefined, tuned: undefined })]);
    assert.equal(verdict.outcome, "cannot-tell");
    assert.match(verdict.words, /could turn the verdict. Run the evaluation again/);
    assert.equal(summarise(times(8, won)).verdict.outcome, "better");
  });

  it("has no rate where nothing was answered", () => {
    const summary = summarise([{ base: undefined, tuned: true }]);
    assert.ok(Number.isNaN(summary.base.rate) && Number.isNaN(summary.tuned.low) && Number.isNaN(summary.difference.difference));
    assert.equal(summary.verdict.words, "No record was answered by both models. 1 record had no answer from one model or both and is left out.");
  });

  it("is sure with missing answers only when it is sure whatever they are", () => {
    const judgement = fc.record({ base: fc.constantFrom(true, false, undefined), tuned: fc.constantFrom(true, true, false, undefined) });
    const complete = ({ base, tuned }: Judgement, seed: number): Judgement => ({ base: base ?? seed % 2 === 0, tuned: tuned ?? seed % 3 === 0 });
    fc.assert(fc.property(fc.array(judgement, { minLength: 10, maxLength: 60 }), fc.nat(5), (judgements, seed) => {
      const { outcome } = summarise(judgements).verdict;
      if (outcome !== "cannot-tell") assert.equal(summarise(judgements.map((each, index) => complete(each, seed + index))).verdict.outcome, outcome);
    }));
  });
});

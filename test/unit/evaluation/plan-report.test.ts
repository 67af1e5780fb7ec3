import assert from "node:assert/strict";
import { summarisePlan, type ReportedCandidate } from "../../../src/evaluation/plan-report.ts";

const of = (name: string, more: Partial<ReportedCandidate> = {}): ReportedCandidate => ({ name, service: "s", model: "m", ...more });
const base = of("base");
const tuned = of("mine", { tuned: true });
const retrieval = of("looked up", { retrieval: 3 });
const both = of("mine, looked up", { tuned: true, retrieval: 3 });
const prompted = of("shown", { fewShot: 2 });

/** Rows of 100 records on which each candidate is right as often as is said, from the first record on. */
const rows = (...right: readonly number[]) => Array.from({ length: 100 }, (_, index) => right.map((often) => index < often));

describe("what a plan shows", () => {
  it("names what won: prompt, retrieval, tuning or both", () => {
    assert.equal(summarisePlan([base, prompted], rows(20, 80)).words, "Prompting with examples won: shown is better than base.");
    assert.equal(summarisePlan([base, retrieval, tuned], rows(20, 60, 90)).words, "Tuning won: mine is better than base, and than looked up (retrieval).");
    assert.equal(summarisePlan([base, retrieval, tuned, both], rows(20, 21, 22, 90)).words, "Tuning and retrieval together won: mine, looked up is better than base.");
  });

  it("names no winner where chance may have made it", () => {
    assert.equal(summarisePlan([base, tuned], rows(50, 51)).words, "Nothing was shown to be better than base.");
    assert.equal(summarisePlan([base, retrieval, tuned], rows(20, 80, 81)).words, "Better than base: mine (tuning) and looked up (retrieval); which of them is best cannot be told.");
  });

  it("says what is worse", () => {
    assert.equal(summarisePlan([base, retrieval], rows(90, 20)).words, "Nothing was shown to be better than base. Worse than base: looked up (retrieval).");
  });

  it("corrects for the number of candidates: what is better alone is not among many that are not", () => {
    // Seven records more right and none less: p = 0.0156, and 0.0625 after the correction for four.
    const alone = summarisePlan([base, tuned], rows(50, 57)).candidates[1]?.comparison;
    assert.deepEqual([alone?.outcome, alone?.p, alone?.adjusted], ["better", 0.015625, 0.015625]);
    const among = summarisePlan([base, tuned, retrieval, both, prompted], rows(50, 57, 50, 50, 50)).candidates[1]?.comparison;
    assert.deepEqual([among?.outcome, among?.adjusted], ["cannot-tell", 0.0625]);
  });

  it("counts each candidate over what it answered, and compares it over what both did", () => {
    const { candidates } = summarisePlan([base, tuned], [[true, undefined], [false, true], [undefined, true]]);
    assert.deepEqual(candidates.map(({ accuracy: { right, n }, unanswered }) => [right, n, unanswered]), [[1, 2, 1], [2, 2, 1]]);
    assert.equal(candidates[1]?.comparison?.answered, 1);
  });

  it("claims nothing without an answer", () => {
    const { candidates, words } = summarisePlan([base, tuned], [[undefined, undefined]]);
    assert.equal(words, "Nothing was shown to be better than base.");
    assert.ok(Number.isNaN(candidates[0]?.accuracy.rate));
  });
});

import assert from "node:assert/strict";
import { compareWithEarlier } from "../../../src/evaluation/compare-reports.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { createReport, type Report } from "../../../src/evaluation/report.ts";

/** A report whose tuned model is right where it is said; undefined where it gave no answer. Lines begin at `from`. */
function reportOf(right: readonly (boolean | undefined)[], from = 1, topic = "q"): Report {
  return createReport(
    { createdAt: "2026-01-02T03:04:05.000Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, models: { provider: "local", base: "b", tuned: "t" }, options: { temperature: 0, maximumTokens: 8 } },
    exactMatchMetric,
    right.map((each, index) => ({
      record: { line: from + index, prompt: [{ role: "user", content: `${topic}${index}` }], reference: "a" },
      base: { text: "a", finishReason: "stop" }, tuned: each === undefined ? { failure: "no" } : { text: each ? "a" : "x", finishReason: "stop" },
    })),
  );
}

const all = (value: boolean | undefined, number: number) => Array.from({ length: number }, () => value);

describe("a report beside an earlier one", () => {
  it("is worse when interval and exact test say so, and better the other way round", () => {
    const [good, bad] = [reportOf(all(true, 20)), reportOf([...all(false, 10), ...all(true, 10)])];
    assert.equal(compareWithEarlier(bad, good).outcome, "worse");
    assert.match(compareWithEarlier(bad, good).words, /^the model is worse than before: it has 10 of 20 records right and had 20, a difference of −50\.0 points/);
    assert.equal(compareWithEarlier(good, bad).outcome, "better");
    assert.equal(compareWithEarlier(good, good).outcome, "cannot-tell");
  });

  it("pairs records by what they ask and not by their lines, and leaves out what only one has or did not answer", () => {
    const { records } = compareWithEarlier(reportOf([true, undefined, true, true], 100), reportOf([true, true, true]));
    assert.equal(records, 2);
  });

  it("compares nothing with nothing", () => {
    assert.throws(() => compareWithEarlier(reportOf([true]), reportOf([true], 1, "other")), /no record in common/);
    assert.equal(compareWithEarlier(reportOf([undefined]), reportOf([true])).outcome, "cannot-tell");
  });
});

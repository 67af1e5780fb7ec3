import assert from "node:assert/strict";
import { compareCandidates, compareWithEarlier } from "../../../src/evaluation/compare-reports.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { earlierRunDocument } from "../../../src/evaluation/earlier-run-document.ts";
import { createPlanReport, type PlanReport, type ReportedCandidate } from "../../../src/evaluation/plan-report.ts";
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

/** The report of a plan over 20 records; each candidate is right on the first so many. */
function planOf(candidates: readonly (Partial<ReportedCandidate> & { readonly name: string; readonly right: number })[], metric = exactMatchMetric): PlanReport {
  return createPlanReport(
    { createdAt: "2026-01-02T03:04:05.000Z", plan: "a.eval.jsonc", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, options: { temperature: 0, maximumTokens: 8 }, candidates: candidates.map(({ right: _right, ...each }) => ({ service: "s", model: each.name, ...each })) },
    metric,
    Array.from({ length: 20 }, (_, index) => ({ record: { line: index + 1, prompt: [{ role: "user", content: `q${index}` }], reference: "a" }, outcomes: candidates.map(({ right }) => ({ text: index < right ? "a" : "x", finishReason: "stop" })) })),
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

describe("candidates of a plan beside those of an earlier run", () => {
  const before = planOf([{ name: "base", right: 5 }, { name: "looked up", retrieval: 3, right: 10 }, { name: "tuned-1", tuned: true, right: 20 }]);

  it("are paired by name, and by how they are asked where a model was tuned anew", () => {
    const now = planOf([{ name: "base", right: 5 }, { name: "tuned-2", tuned: true, right: 8 }, { name: "shown", fewShot: 2, right: 9 }]);
    const compared = compareCandidates(now, before);
    assert.deepEqual(compared.map(({ name, then, outcome }) => [name, then, outcome]), [["base", "base", "cannot-tell"], ["tuned-2", "tuned-1", "worse"]]);
    assert.deepEqual(compared[1]?.lost, Array.from({ length: 12 }, (_, index) => index + 9));
    assert.deepEqual(compared[1]?.won, []);
    const document = earlierRunDocument({ ...now, looks: 3 }, before, compared);
    assert.match(document, /\| tuned-2 \| tuned-1 \| worse \| 20 \| −60\.0 \| −/);
    assert.match(document, /Not in the earlier run: shown\./);
    assert.match(document, /\*\*tuned-2: 12 records right then and wrong now\*\* \(of 20, 60\.0 %\): lines 9, 10, /);
    assert.match(document, /This is comparison 3 on this test file/);
  });

  it("are corrected for their number: what is worse alone is not among many that are not", () => {
    // Six records less right and none more: p = 0.03125, and 0.125 after the correction for four.
    const then = ["a", "b", "c", "d"].map((name) => ({ name, right: 20 }));
    const now = then.map((each) => ({ ...each, right: each.name === "a" ? 14 : 20 }));
    assert.deepEqual(compareCandidates(planOf(now), planOf(then)).map(({ outcome, p }) => [outcome, p])[0], ["cannot-tell", 0.125]);
    assert.equal(compareCandidates(planOf(now.slice(0, 2)), planOf(then.slice(0, 2)))[0]?.outcome, "cannot-tell");
    assert.equal(compareCandidates(planOf([{ name: "a", right: 13 }, { name: "b", right: 20 }]), planOf(then.slice(0, 2)))[0]?.outcome, "worse");
  });

  it("are not compared where right does not mean the same, or nothing is in both", () => {
    assert.throws(() => compareCandidates({ ...before, metric: "contains" }, before), /judged by the metric "exact-match" and the later by "contains"/);
    const strangers = planOf([{ name: "x", right: 1, tuned: true, retrieval: 2 }, { name: "y", right: 1, retrieval: 9 }]);
    assert.throws(() => compareCandidates(strangers, before), /no candidate in common/);
  });

  it("show nothing of a name or a file as Markdown", () => {
    const odd = planOf([{ name: "![x](http://e)", right: 5 }, { name: "b", right: 5 }]);
    assert.ok(!earlierRunDocument(odd, odd, compareCandidates(odd, odd)).includes("![x]"));
  });
});

import assert from "node:assert/strict";
import { analyseReport, linesOf } from "../../../src/evaluation/analyse-report.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { chrfMetric } from "../../../src/evaluation/metrics/chrf.ts";
import { createPlanReport } from "../../../src/evaluation/plan-report.ts";
import { createReport, writeReport } from "../../../src/evaluation/report.ts";
import { readSavedReport } from "../../../src/evaluation/saved-report.ts";

const made = { createdAt: "2026-01-02T03:04:05.000Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, options: { temperature: 0, maximumTokens: 8, seed: 0 } };
const says = (text: string) => ({ text, finishReason: "stop" });
const record = (line: number) => ({ line, prompt: [{ role: "user", content: `q${line}` }], reference: line % 2 ? "yes" : "no" });
const plan = createPlanReport(
  { ...made, plan: "a.eval.jsonc", candidates: ["one", "two", "three"].map((name) => ({ name, service: "s", model: name })) }, exactMatchMetric,
  [1, 2, 3, 4].map((line) => ({ record: record(line), outcomes: [says("no"), line === 4 ? { failure: "busy" } : says("yes"), says(record(line).reference)] })), [chrfMetric],
);

describe("a saved report", () => {
  it("of a plan is read as it was written, and its summary is made again from the answers", () => {
    assert.deepEqual(readSavedReport(JSON.stringify(plan)), plan);
    const forged = { ...plan, summary: { candidates: [], words: "All is well." } };
    assert.equal(readSavedReport(JSON.stringify(forged)).version === 2 && JSON.stringify(readSavedReport(JSON.stringify(forged)).summary), JSON.stringify(plan.summary));
  });

  it("of a plan has what its judge said, the guard-rail set and the costs, as it was written", () => {
    const [one, , three] = plan.candidates;
    const whole = {
      ...plan, judge: { service: "s", model: "judge", rubric: "correctness", scores: plan.records.map(() => [1, null, 5]), pairs: plan.records.map(() => [["first", "tie"], ["candidate", null]]), ratings: [{ line: 1, candidate: "one", rating: 2 }] },
      breakEven: { tuned: three?.name, instead: one?.name, training: 3, requestsPerMonth: 9, dated: "2026-03-02" },
      guardRail: { dataset: plan.dataset, metric: plan.metric, records: plan.records },
    };
    const { summary: _summary, ...read } = readSavedReport(JSON.stringify(whole));
    const { summary: _made, ...written } = whole;
    assert.deepEqual(read, written);
    assert.deepEqual(analyseReport(readSavedReport(JSON.stringify(whole))).sections.map(({ title }) => title), ["Judge judge of s", "Guard-rail set t.jsonl", "Break-even"]);
    assert.throws(() => readSavedReport(JSON.stringify({ ...whole, judge: { ...whole.judge, scores: [["x"]] } })), /damaged: judge/);
  });

  it("of two models is read as before", () => {
    const report = createReport({ ...made, models: { provider: "p", base: "b", tuned: "t" } }, exactMatchMetric, [{ record: record(1), base: says("no"), tuned: says("yes") }]);
    assert.deepEqual(readSavedReport(writeReport(report)), report);
  });

  it("is refused in words where it is damaged, newer, or none", () => {
    const [first] = plan.records;
    assert.throws(() => readSavedReport(JSON.stringify({ ...plan, records: [{ ...first, outcomes: first?.outcomes.slice(1) }] })), /damaged: line 1 has 2 outcomes, and there are 3 candidates/);
    assert.throws(() => readSavedReport(JSON.stringify({ ...plan, candidates: [] })), /damaged: candidates/);
    assert.throws(() => readSavedReport(JSON.stringify({ ...plan, version: 3 })), /version 3, and this Tunesmith reads versions 1 and 2/);
    assert.throws(() => readSavedReport(JSON.stringify({ ...plan, metric: "vibes" })), /the metric "vibes"/);
    assert.throws(() => readSavedReport("{}"), /not an evaluation report/);
  });
});

describe("the analysis of a report", () => {
  it("has every metric of every candidate, labels where references are some, and slices, whose records are found by their lines", () => {
    const { metrics, labels, slices, usage } = analyseReport(plan);
    assert.deepEqual(metrics.map(({ id, candidates }) => [id, candidates.length]), [["exact-match", 3], ["chrf", 3]]);
    assert.equal(usage.length, 3);
    assert.deepEqual(labels?.[1]?.labels, ["no", "yes"]);
    assert.deepEqual(linesOf({ slices, ...(labels ? { labels } : {}) }, { candidate: 1, reference: 0, answer: 1 }), [2]);
    const place = slices.findIndex(({ by, value }) => by === "label" && value === "yes");
    assert.deepEqual(linesOf({ slices }, { slice: place }), [1, 3]);
    assert.deepEqual(linesOf({ slices }, { slice: 99 }), []);
  });
});

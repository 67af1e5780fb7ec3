import assert from "node:assert/strict";
import { judgeReport } from "../../../src/evaluation/judge-report.ts";
import { findMetric } from "../../../src/evaluation/metrics/index.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { countByFilter, orderRecords, passesFilter } from "../../../src/evaluation/record-order.ts";
import { createReport, readReport, writeReport } from "../../../src/evaluation/report.ts";
import type { Setting } from "../../../src/evaluation/report-schema.ts";
import type { Outcome } from "../../../src/evaluation/ask.ts";

const made: Omit<Setting, "metric"> = {
  createdAt: "2026-01-02T03:04:05.000Z",
  dataset: { path: "test.jsonl", sha256: "0".repeat(64), refused: [{ line: 7, reason: "the line is not valid JSON" }] },
  models: { provider: "local", base: "base", tuned: "tuned", job: "job-1" },
  options: { temperature: 0, maximumTokens: 16, seed: 0 },
};
const says = (text: string): Outcome => ({ text, finishReason: "stop" });
const outcomes = ([[says("a"), says("a")], [says("b"), says(" a\n")], [says("a"), says("b")], [says("b"), says("c")], [{ failure: "no" }, says("a")]] as const)
  .map(([base, tuned], index) => ({ record: { line: index + 1, prompt: [{ role: "user", content: "q" }], reference: "a" }, base, tuned }));
const report = createReport(made, exactMatchMetric, outcomes);

describe("evaluation report", () => {
  it("judges every answer, with white space around it not counted", () => {
    assert.deepEqual(report.records.map(({ tuned }) => "right" in tuned && tuned.right), [true, true, false, false, true]);
    assert.deepEqual(report.summary.counts, { both: 1, only_candidate: 1, only_baseline: 1, neither: 1 });
    assert.equal(report.summary.unanswered, 1);
  });

  it("is the same after saving and reading", () => {
    assert.deepEqual(readReport(writeReport(report)), report);
  });

  it("is JSON without a value that JSON has not", () => {
    const nothing = createReport(made, exactMatchMetric, [{ ...outcomes[0]!, base: { failure: "no" } }]);
    assert.deepEqual(readReport(writeReport(nothing)).summary, nothing.summary);
    assert.equal((JSON.parse(writeReport(nothing)) as { summary: { base: { rate: unknown } } }).summary.base.rate, null);
  });

  it("is judged by other metrics together with the first, each corrected for their number, from the same answers", () => {
    const also = ["token-f1", "numeric-match", "chrf"].flatMap((id) => findMetric(id) ?? []);
    const many = Array.from({ length: 12 }, (_, index) => ({ record: { line: index + 1, prompt: [{ role: "user", content: "q" }], reference: `answer of ${index} words` }, base: says("no"), tuned: says(index < 6 ? `answer of ${index} words` : "answer") }));
    const alone = createReport(made, exactMatchMetric, many);
    assert.equal(alone.summary.verdict.outcome, "better");
    const together = createReport(made, exactMatchMetric, many, also);
    assert.deepEqual(together.also, ["token-f1", "numeric-match", "chrf"]);
    assert.deepEqual(readReport(writeReport(together)), together);
    assert.equal(together.summary.verdict.outcome, "cannot-tell");
    const { overall, metrics } = judgeReport(together);
    assert.deepEqual(metrics.map(({ id, outcome }) => [id, outcome]), [["exact-match", "cannot-tell"], ["token-f1", "better"], ["numeric-match", "cannot-tell"], ["chrf", "better"]]);
    assert.equal(metrics[0]?.words, together.summary.verdict.words);
    assert.match(metrics[0]?.words ?? "", /0\.0625 after Holm's correction for 4 metrics/);
    assert.deepEqual([overall.outcome, overall.words], ["better", "Better by Token F1, chrF. Cannot tell by Exact match, Same number."]);
    assert.deepEqual([metrics[0]?.base, metrics[0]?.tuned], [0, 0.5]);
  });

  it("leaves a record that a metric is undefined for out of that metric alone, with the reason", () => {
    const { metrics } = judgeReport(createReport(made, exactMatchMetric, outcomes, [findMetric("json-match") ?? assert.fail()]));
    assert.deepEqual(metrics.map(({ comparison: { n }, unsuited }) => [n, unsuited.records, unsuited.reason]), [[4, 0, undefined], [0, 5, "the reference is no JSON object or array"]]);
  });

  it("shows what follows from the answers, not what somebody wrote into the summary", () => {
    const forged = writeReport(report).replace('"outcome": "cannot-tell"', '"outcome": "better"');
    assert.notEqual(forged, writeReport(report));
    assert.equal(readReport(forged).summary.verdict.outcome, "cannot-tell");
  });

  it("says what is wrong with a file that is no report", () => {
    const saved = JSON.parse(writeReport(report)) as Record<string, unknown>;
    assert.throws(() => readReport("{"), /not valid JSON/);
    assert.throws(() => readReport("[]"), /lacks "format"/);
    assert.throws(() => readReport(JSON.stringify({ ...saved, version: 2 })), /the report of an evaluation plan; a report of one model against its base is expected/);
    assert.throws(() => readReport(JSON.stringify({ ...saved, version: 3 })), /version 3, and this Tunesmith reads versions 1 and 2/);
    assert.throws(() => readReport(JSON.stringify({ ...saved, metric: "vibes" })), /the metric "vibes"/);
    assert.throws(() => readReport(JSON.stringify({ ...saved, also: ["vibes"] })), /the metric "vibes"/);
    assert.throws(() => readReport(JSON.stringify({ ...saved, records: [{ line: 0 }] })), /damaged: records\.0\./);
  });

  it("puts first what tuning broke, then what it repaired, then what has no answer, then what both have wrong", () => {
    assert.deepEqual(orderRecords(report.records, "regression").map(({ line }) => line), [3, 2, 5, 4, 1]);
  });

  it("counts for each filter what the filter shows", () => {
    assert.deepEqual(countByFilter(report.records), { all: 5, disagree: 2, "tuned-wrong": 2, "no-answer": 1 });
    assert.deepEqual(report.records.filter((record) => passesFilter(record, "tuned-wrong")).map(({ line }) => line), [3, 4]);
  });
});

import assert from "node:assert/strict";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { createPlanReport, type ReportedCandidate } from "../../../src/evaluation/plan-report.ts";
import { recordResults } from "../../../src/evaluation/record-results.ts";
import { readTestRecord, recordKey } from "../../../src/evaluation/test-set.ts";

const line = (question: string, more: object = {}): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "a" }], ...more });
const recordOf = (text: string, number = 1) => {
  const record = readTestRecord(text, number);
  return "reason" in record ? assert.fail(record.reason) : record;
};
/** A plan's report over `number` records; the second candidate has every third wrong. */
const reportOf = (number: number, candidates: readonly Partial<ReportedCandidate>[] = [{}, { tuned: true }, {}]) => createPlanReport(
  { createdAt: "2026-01-02T03:04:05.000Z", plan: "a.eval.jsonc", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, options: { temperature: 0, maximumTokens: 8 }, candidates: candidates.map((each, index) => ({ name: `c${index}`, service: "s", model: "m", ...each })) },
  exactMatchMetric,
  Array.from({ length: number }, (_, index) => ({ record: recordOf(line(`q${index}`), index + 1), outcomes: candidates.map((_each, place) => (place === 2 ? { failure: "gone" } : { text: place === 1 && index % 3 === 0 ? "x" : "a", finishReason: "stop" })) })),
);

describe("results of records", () => {
  it("are found by what a line says, however it is written, and not once it says something else", () => {
    const { records: [first] } = recordResults(reportOf(3), 10);
    assert.equal(first?.key, recordKey(recordOf(line("q0"))));
    assert.equal(first?.key, recordKey(recordOf(` ${line("q0", { topic: "x" }).replaceAll(",", " ,\t")}`, 7)));
    for (const other of [line("q1"), line("q0", { tools: [{ type: "function", function: { name: "f" } }] }), line("q0").replace('"a"', '"b"')]) assert.notEqual(first?.key, recordKey(recordOf(other)));
  });

  it("count as passed by the candidate that was tuned, else by the last", () => {
    assert.equal(recordResults(reportOf(3), 10).judged, 1);
    assert.equal(recordResults(reportOf(3, [{}, {}, {}]), 10).judged, 2);
  });

  it("keep those that failed where not all can be kept, in the order of the lines", () => {
    const { records, total } = recordResults(reportOf(10), 5);
    assert.deepEqual([records.map((record) => record.line), total], [[1, 2, 4, 7, 10], 10]);
    assert.deepEqual(records[0]?.outcomes, [{ right: true, text: "a" }, { right: false, text: "x" }, { failure: "gone" }]);
  });
});

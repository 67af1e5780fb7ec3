import assert from "node:assert/strict";
import { describeDataset } from "../../../src/editor/datasets/describe-dataset.ts";

describe("a row of the datasets", () => {
  const summary = { formatTitle: "OpenAI chat", records: 1200, counts: { error: 1, warning: 2, information: 3, hint: 0 }, fixable: 0 };

  it("tells records, findings, format and folder once it was looked at", () => {
    assert.equal(describeDataset("data", 5000, { phase: "done", summary }), "1,200 records · 1 error, 2 warnings · OpenAI chat · data");
    assert.equal(describeDataset("", 5000, { phase: "done", summary: { ...summary, formatTitle: undefined as never, records: 1, counts: { ...summary.counts, error: 0, warning: 0 } } }), "1 record · no problems · unknown format");
  });

  it("tells its size before, that it is being looked at, and why it cannot be", () => {
    assert.equal(describeDataset("data", 5000, undefined), "5 kB · data");
    assert.equal(describeDataset("", 5000, { phase: "running" }), "5 kB · checking…");
    assert.equal(describeDataset("", undefined, { phase: "failed", reason: "It is gone." }), "It is gone.");
  });
});

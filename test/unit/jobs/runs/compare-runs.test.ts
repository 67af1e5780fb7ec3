import assert from "node:assert/strict";
import { compareRuns, comparisonDocument, isChanged, runBefore } from "../../../../src/jobs/runs/compare-runs.ts";
import type { RunRecord, RunScore } from "../../../../src/jobs/runs/run-record.ts";

const score: RunScore = { report: "1.json", at: "2026-11-29T10:00:00.000Z", test: { path: "test.jsonl", sha256: "b".repeat(64) }, metric: "exact-match", records: 100, base: 0, tuned: 0.74, low: 0.639, high: 0.816, outcome: "better" };
const first: RunRecord = {
  format: "tunesmith-run", version: 1, id: "1", name: "even", service: "Ours", job: "ftjob-1", state: "succeeded", times: { started: "2026-11-29T09:05:07.000Z" }, model: { base: "base", tuned: "ft:1" },
  data: { training: { path: "train.jsonl", sha256: "a".repeat(64), records: 300, tokens: { least: 1000, most: 2000 } } }, launchFile: { path: "a.finetune.jsonc" },
  parameters: { method: "sft", sent: { n_epochs: 2 }, reported: { n_epochs: 2, batch_size: 4 }, seed: 7 }, versions: { tunesmith: "0.1.0" },
  results: { trainedTokens: 600, metrics: { train_loss: 0.123456789 }, evaluations: [score] },
};
const second: RunRecord = {
  ...first, id: "2", job: "ftjob-2", times: { started: "2026-11-29T11:00:00.000Z" },
  data: { training: { path: "train.jsonl", sha256: "c".repeat(64), records: 280 } },
  parameters: { method: "sft", sent: { n_epochs: 3, batch_size: 8 }, seed: 7 },
  results: { metrics: { train_loss: 0.1 }, evaluations: [{ ...score, report: "2.json", tuned: 0.81 }] },
};

describe("two runs side by side", () => {
  const comparison = compareRuns(first, second, { added: 5, removed: 25 });
  const changed = comparison.sections.map(({ title, facts }) => [title, facts.filter(isChanged).map(({ name, before, after }) => [name, before, after])]);

  it("tell what has changed of data, parameters, results and scores", () => {
    assert.deepEqual(changed, [
      ["Data", [["Training bytes", "aaaaaaaaaaaa", "cccccccccccc"], ["Training records", "300", "280"], ["Training tokens", "1,000 to 2,000", undefined], ["Records that came and went", undefined, "5 added, 25 removed"]]],
      ["Parameters", [["batch_size", "4 (the service's choice)", "8"], ["n_epochs", "2", "3"]]],
      ["Results", [["train_loss", "0.123457", "0.1"], ["Tokens trained on", "600", undefined]]],
      ["Scores", [["exact-match on test.jsonl, 100 records (bbbbbbbb)", "74.0 % (base 0.0 %, difference +63.9 to +81.6 points)", "81.0 % (base 0.0 %, difference +63.9 to +81.6 points)"]]],
      ["Versions", []],
    ]);
  });

  it("are a document that begins with what has changed", () => {
    const text = comparisonDocument(comparison);
    assert.match(text, /^# What Changed Since the Last Run\n\neven of 2026-11-29 09:05 → even of 2026-11-29 11:00\n\nThe training data has changed\. Changed: Training records: 300 → 280; .*n\\_epochs: 2 → 3\.\n/);
    assert.match(text, /^\| \*\*n\\?_epochs\*\* \| 2 \| 3 \|$/m);
    assert.match(text, /^\| Seed \| 7 \| 7 \|$/m);
    assert.match(text, /whose intervals overlap, do not say which run is better/);
    assert.match(comparisonDocument(compareRuns(first, first)), /Neither data nor parameters have changed\./);
  });

  it("are text, whatever a record holds", () => {
    const text = comparisonDocument(compareRuns(first, { ...second, service: "<img src=x> [a](command:b) | c" }));
    assert.ok(text.includes("\\<img src=x\\> \\[a\\]\\(command:b\\) \\| c"), text);
  });

  it("are the two latest of the same launch file", () => {
    const other: RunRecord = { ...first, id: "3", times: { started: "2026-11-29T10:00:00.000Z" }, launchFile: { path: "b.finetune.jsonc" } };
    assert.equal(runBefore(second, [second, other, first])?.id, "1");
    assert.equal(runBefore(first, [second, other, first]), undefined);
  });
});

import assert from "node:assert/strict";
import { chanceOfFalseAlarm, countLooks, seriesOf } from "../../../src/evaluation/history.ts";
import { readRunHead, type RunHead } from "../../../src/evaluation/run-head.ts";
import { looksSection } from "../../../src/evaluation/sections/looks.ts";

const head = (more: object = {}): RunHead => {
  const read = readRunHead({
    format: "tunesmith-evaluation", version: 1, createdAt: "2026-01-02T03:04:05.000Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] },
    models: { provider: "local", base: "b", tuned: "t" }, options: { temperature: 0, maximumTokens: 8 }, metric: "exact-match", ...more,
  });
  return read ?? assert.fail("a head that is none");
};
const planned = (...models: string[]): RunHead => head({ version: 2, plan: "a.eval.jsonc", candidates: models.map((model) => ({ name: model, service: "local", model })) });
const other = { path: "u.jsonl", sha256: "1".repeat(64), refused: [] };

describe("the history of evaluations", () => {
  it("is that of a plan, or of the models that are compared, whatever job made them", () => {
    assert.equal(seriesOf(planned("b", "t1")), seriesOf(planned("b", "t2")));
    assert.equal(seriesOf(head({ models: { provider: "local", base: "b", tuned: "t", job: "1" } })), seriesOf(head({ models: { provider: "local", base: "b", tuned: "t", job: "2" } })));
    assert.notEqual(seriesOf(head()), seriesOf(head({ models: { provider: "local", base: "b", tuned: "u" } })));
  });

  it("counts comparisons of a test file and no rerun of the same, nor what was compared on another file", () => {
    assert.equal(countLooks(head(), []), 1);
    assert.equal(countLooks(head(), [head(), head({ createdAt: "2025-01-02T03:04:05.000Z" })]), 1, "a rerun finds the same answers");
    assert.equal(countLooks(head(), [head({ dataset: other, metric: "contains" })]), 1);
    assert.equal(countLooks(head(), [head({ metric: "contains" }), head({ also: ["chrf"] }), head({ options: { temperature: 0, maximumTokens: 8, seed: 3 } }), planned("b", "t", "u")]), 5);
    assert.equal(countLooks(planned("b", "t"), [head()]), 1, "the same two models by a plan and by the command are one comparison");
  });

  it("takes a file for the same whose records were corrected, or that was moved", () => {
    const corrected = head({ dataset: { ...other, path: "t.jsonl" }, metric: "contains" });
    const moved = head({ dataset: { path: "v.jsonl", sha256: "0".repeat(64), refused: [] }, metric: "label" });
    assert.equal(countLooks(head(), [corrected, moved]), 3);
  });

  it("says how often chance shows a difference when one looks often enough", () => {
    assert.ok(Math.abs(chanceOfFalseAlarm(1) - 0.05) < 1e-12);
    assert.equal(chanceOfFalseAlarm(14).toFixed(4), "0.5123");
    assert.equal(looksSection({ looks: 1 }), undefined);
    assert.match(looksSection({ looks: 4 })?.paragraphs[0] ?? "", /^This is comparison 4 on this test file\. .+ up to 18\.5 % of such series/);
  });

  it("takes nothing for a run that is none", () => {
    for (const value of [undefined, {}, { format: "tunesmith-evaluation", version: 3 }, { ...head(), models: 1 }]) assert.equal(readRunHead(value), undefined);
  });
});

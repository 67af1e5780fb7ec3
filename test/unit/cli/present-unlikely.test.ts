import assert from "node:assert/strict";
import { unlikelyJson, unlikelyText } from "../../../src/cli/present-unlikely.ts";
import type { ScoredFile } from "../../../src/evaluating/score-file.ts";

const scored: ScoredFile = {
  model: "mine", scored: 300, median: 0.0512, left: [{ line: 4, reason: "the line is not valid JSON" }],
  found: [{ line: 16, loss: 4.2149, tokens: 3, question: "Where is\n my \u001b[31mcard?", answer: "exchange_rate" }, { line: 2, loss: 3, tokens: 1, question: "w".repeat(100), answer: "x" }],
};

describe("what a model finds unlikely, on the command line", () => {
  it("is a line for each record, the highest loss first, with the median beside and what was left out", () => {
    const text = unlikelyText(scored);
    assert.match(text, /^By the loss under mine, the highest first; the median of 300 records is 0\.05:\n4\.21 {2}line 17 {2}exchange_rate: Where is my .*card\?\n3\.00 {2}line 3 {2}x: w{71}…\n1 line was not scored, line 5 because the line is not valid JSON\.\n$/);
    assert.ok(!text.includes("\u001b"));
  });

  it("counts lines from 1 as JSON too", () => {
    const { method, suspicious, unscored } = JSON.parse(unlikelyJson("a.jsonl", scored)) as { readonly method: string; readonly suspicious: readonly { readonly line: number; readonly loss: number }[]; readonly unscored: readonly { readonly line: number }[] };
    assert.equal(method, "mean loss of a token under mine");
    assert.deepEqual([suspicious.map(({ line, loss }) => [line, loss]), unscored.map(({ line }) => line)], [[[17, 4.2149], [3, 3]], [5]]);
  });
});

import assert from "node:assert/strict";
import { readTestSet } from "../../../src/workers/read-test-set.ts";
import { scratchFolder } from "../../support/scratch.ts";

const line = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });

describe("reading a test set", () => {
  const scratch = scratchFolder();

  it("gives its records, what is refused and its hash", async () => {
    const test = await readTestSet(scratch.file("test.jsonl", `\uFEFF${line("One?", "1")}\r\n${line("Two?", "2")}\r\nnot json`));
    assert.deepEqual([test.records.map(({ reference }) => reference), test.refused.map((each) => each.line)], [["1", "2"], [3]]);
    assert.match(test.sha256, /^[0-9a-f]{64}$/);
    assert.equal(test.training, undefined);
  });

  it("takes out what the training file asks too, and says how much that is", async () => {
    const training = scratch.file("train.jsonl", `${line("two", "II")}\n`);
    const test = await readTestSet(scratch.path("test.jsonl"), training);
    assert.deepEqual([test.records.map(({ reference }) => reference), test.refused.map((each) => each.line), test.training?.leaked], [["1"], [2, 3], 1]);
  });

  it("says in a sentence which file cannot be read, and why", async () => {
    await assert.rejects(readTestSet(scratch.path("none.jsonl")), { message: `Cannot read ${scratch.path("none.jsonl")}: there is no such file.` });
    await assert.rejects(readTestSet(scratch.path(".")), /it is a directory/);
    await assert.rejects(readTestSet(scratch.path("test.jsonl"), scratch.path("gone.jsonl")), /gone\.jsonl: there is no such file/);
  });
});

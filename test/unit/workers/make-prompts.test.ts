import assert from "node:assert/strict";
import type { TestRecord } from "../../../src/evaluation/test-set.ts";
import { makePrompts } from "../../../src/workers/make-prompts.ts";
import { scratchFolder } from "../../support/scratch.ts";

const line = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: `about ${question}` }] });
const record = (question: string): TestRecord => ({ line: 1, prompt: [{ role: "user", content: question }], reference: "r" });

describe("making prompts with examples", () => {
  const scratch = scratchFolder();

  it("gives each way its prompts in the order of the records, and none where a record's own is asked", async () => {
    const training = scratch.file("train.jsonl", ["the card was stolen", "a transfer was declined", "no json", "top up"].map((each) => (each === "no json" ? each : line(each))).join("\n"));
    const { examples, prompts } = await makePrompts(training, [record("why declined?"), record("stolen")], [{}, { fewShot: 1 }, { retrieval: 2 }]);
    const questions = prompts.map((way) => way?.map((messages) => messages.filter(({ role }) => role === "user").map(({ content }) => content)));
    assert.equal(examples, 3);
    assert.deepEqual(questions, [undefined, [["the card was stolen", "why declined?"], ["the card was stolen", "stolen"]], [["a transfer was declined", "why declined?"], ["the card was stolen", "stolen"]]]);
  });

  it("says when no record can be an example", async () => {
    assert.equal((await makePrompts(scratch.file("empty.jsonl", "no json\n"), [record("q")], [{ retrieval: 1 }])).examples, 0);
  });
});

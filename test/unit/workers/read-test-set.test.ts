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

  it("takes out what nearly equals a training record or goes on with its conversation, and counts records under a system message that nothing was learned under", async () => {
    const chat = (...messages: readonly (readonly [string, string])[]): string => JSON.stringify({ messages: messages.map(([role, content]) => ({ role, content })) });
    const long = "I ordered a new card two weeks ago because the old one was stolen in the train to Madrid and it has still not come to my address in Lisbon, what can I do now";
    const first = [["user", "How long does a transfer to Spain take today?"], ["assistant", "One day."]] as const;
    const system = ["system", "Be terse."] as const;
    const training = scratch.file("learned.jsonl", `${chat(system, ["user", `${long}?`], ["assistant", "card_arrival"])}\n${chat(system, ...first)}\n`);
    const path = scratch.file("near.jsonl", [
      chat(system, ["user", `${long} please?`], ["assistant", "card_arrival"]), chat(system, ...first, ["user", "And to Chile?"], ["assistant", "Three."]),
      chat(system, ["user", "Which rate do you take for dollars?"], ["assistant", "exchange_rate"]), chat(["system", "Be kind."], ["user", "Can I choose another PIN while abroad?"], ["assistant", "change_pin"]),
    ].join("\n"));
    const { records, refused, training: told } = await readTestSet(path, training);
    assert.deepEqual(records.map(({ line: at }) => at), [3, 4]);
    assert.deepEqual(refused.map(({ line: at, reason }) => `${at}: ${reason}`), [1, 2].map((at) => `${at}: it is too much like line ${at} of the training file, so that a right answer would prove nothing`));
    assert.deepEqual([told?.leaked, told?.otherSystem], [2, 1]);
  });

  it("says in a sentence which file cannot be read, and why", async () => {
    await assert.rejects(readTestSet(scratch.path("none.jsonl")), { message: `Cannot read ${scratch.path("none.jsonl")}: there is no such file.` });
    await assert.rejects(readTestSet(scratch.path(".")), /it is a directory/);
    await assert.rejects(readTestSet(scratch.path("test.jsonl"), scratch.path("gone.jsonl")), /gone\.jsonl: there is no such file/);
  });
});

import assert from "node:assert/strict";
import { askWithFirst, askWithNearest } from "../../../src/evaluation/examples.ts";
import type { TestRecord } from "../../../src/evaluation/test-set.ts";

const record = (question: string, reference = `about ${question}`): TestRecord => ({ line: 1, prompt: [{ role: "system", content: "Be brief." }, { role: "user", content: question }], reference });
const training = [record("My card was stolen"), record("How do I top up by bank transfer?"), record("Why was my transfer declined?"), record("Where is my card?")];
const asked = (messages: readonly { content: string }[]): string[] => messages.map(({ content }) => content);

describe("examples before a question", () => {
  it("are the first of the training file, question and answer, behind the record's own system message", () => {
    assert.deepEqual(askWithFirst(2, training)(record("Help")), [
      { role: "system", content: "Be brief." },
      { role: "user", content: "My card was stolen" }, { role: "assistant", content: "about My card was stolen" },
      { role: "user", content: "How do I top up by bank transfer?" }, { role: "assistant", content: "about How do I top up by bank transfer?" },
      { role: "user", content: "Help" },
    ]);
  });

  it("or those that are nearest to the question, the nearest last", () => {
    const ask = askWithNearest(2, training);
    assert.deepEqual(asked(ask(record("transfer declined"))), ["Be brief.", "How do I top up by bank transfer?", "about How do I top up by bank transfer?", "Why was my transfer declined?", "about Why was my transfer declined?", "transfer declined"]);
  });

  it("are fewer where fewer have a word in common, and none where none has", () => {
    const ask = askWithNearest(3, training);
    assert.equal(ask(record("declined")).length, 4);
    assert.deepEqual(asked(ask(record("Привет"))), ["Be brief.", "Привет"]);
  });
});

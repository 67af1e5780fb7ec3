import assert from "node:assert/strict";
import fc from "fast-check";
import { createLeakageCheck, normaliseQuestion } from "../../../src/evaluation/leakage.ts";
import { createTestSet } from "../../../src/evaluation/test-set.ts";

const chat = (...messages: [string, string][]): string => JSON.stringify({ messages: messages.map(([role, content]) => ({ role, content })) });

function leaks(test: string[], training: string[]): readonly { line: number; reason: string }[] {
  const set = createTestSet();
  for (const text of test) set.add({ text });
  const check = createLeakageCheck(set.records);
  for (const text of training) check.addTrainingLine(text);
  return check.refusals();
}

describe("leakage of training records into the test set", () => {
  it("finds a question that training asked, whatever its case, punctuation, system message or answer", () => {
    const found = leaks(
      [chat(["system", "s"], ["user", "Where is my card?"], ["assistant", "card_arrival"]), chat(["user", "Another question"], ["assistant", "x"])],
      [chat(["user", "nothing alike"], ["assistant", "y"]), chat(["user", "  where is MY card"], ["assistant", "other"])],
    );
    assert.deepEqual(found, [{ line: 1, reason: "the training file asks the same on line 2, so a right answer would prove nothing" }]);
  });

  it("looks at every assistant turn of a training conversation", () => {
    assert.equal(leaks([chat(["user", "a"], ["assistant", "b"])], [chat(["user", "a"], ["assistant", "b"], ["user", "c"], ["assistant", "d"])]).length, 1);
  });

  it("passes over training lines that it cannot read, and over questions that differ in a word", () => {
    assert.deepEqual(leaks([chat(["user", "a b"], ["assistant", "c"])], ["{", "", chat(["user", "a c"], ["assistant", "c"])]), []);
  });

  it("normalises to the same text when done twice, and keeps what has no letter or digit", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => assert.equal(normaliseQuestion(normaliseQuestion(text)), normaliseQuestion(text))));
    assert.notEqual(normaliseQuestion("+"), normaliseQuestion("-"));
    assert.notEqual(normaliseQuestion("año"), normaliseQuestion("ano"));
  });
});

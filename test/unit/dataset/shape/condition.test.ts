import assert from "node:assert/strict";
import { ConditionError, readCondition } from "../../../../src/dataset/shape/condition.ts";

describe("a condition on records", () => {
  const value = { messages: [{ role: "user", content: "q" }, { role: "assistant", content: "Yes." }], label: "ham", n: 3 };
  const record = { line: 7, text: JSON.stringify(value), value };
  const holds = (written: string): boolean => readCondition(written)(record);

  it("knows the record's keys, the record, its last answer, its line and its characters", () => {
    for (const written of ['label == "ham"', 'record.label != "spam"', "size(messages) == 2", 'answer.matches("^Yes")', "line == 7 && characters > 20", "n > 2.5", 'messages.exists(m, m.role == "user")', 'has(record.n)']) assert.equal(holds(written), true, written);
    assert.equal(holds("size(messages) > 2"), false);
  });

  it("does not hold of a record that lacks what it asks for", () => {
    assert.deepEqual([holds("split == 'x'"), holds("record.split == 'x'"), holds("messages[5].role == 'user'")], [false, false, false]);
  });

  it("says what is wrong with it, and where it is no condition", () => {
    assert.throws(() => readCondition("size(messages >"), (error: Error) => error instanceof ConditionError && error.message.startsWith("The condition cannot be read: "));
    assert.throws(() => holds("n"), /neither true nor false for the record on line 7/);
    assert.throws(() => holds("size(n) > 1"), /cannot be asked of the record on line 7/);
  });

  it("reaches nothing but the record", () => {
    for (const written of ["process", "globalThis", "record.constructor", "record.__proto__"]) assert.equal(holds(`${written} == null`), false, written);
  });
});

import assert from "node:assert/strict";
import { createTestSet } from "../../../src/evaluation/test-set.ts";

const chat = (...messages: [string, string][]): string => JSON.stringify({ messages: messages.map(([role, content]) => ({ role, content })) });

function read(...lines: string[]): ReturnType<typeof createTestSet> {
  const set = createTestSet();
  for (const text of lines) set.add({ text });
  return set;
}

describe("test set", () => {
  it("asks the conversation up to the last assistant message, which is the reference", () => {
    const { records } = read(chat(["system", "s"], ["user", "a"], ["assistant", "b"], ["user", "c"], ["assistant", "d"]));
    assert.deepEqual(records, [{ line: 1, prompt: [{ role: "system", content: "s" }, { role: "user", content: "a" }, { role: "assistant", content: "b" }, { role: "user", content: "c" }], reference: "d" }]);
  });

  it("refuses what has no question or no answer, by line and with the reason, and keeps the others", () => {
    const { records, refused } = read("{", "", chat(["user", "a"]), chat(["assistant", "b"]), chat(["user", "a"], ["assistant", " "]), '{"prompt":"a"}', '{"messages":[{"role":"user","content":[]}]}', chat(["user", "a"], ["assistant", "b"]));
    assert.deepEqual(records.map(({ line }) => line), [8]);
    assert.deepEqual(refused.map(({ line }) => line), [1, 3, 4, 5, 6, 7]);
    assert.equal(refused[0]?.reason, "the line is not valid JSON");
    assert.match(refused[1]?.reason ?? "", /no message is from the assistant/);
    assert.match(refused[2]?.reason ?? "", /no question/);
    assert.match(refused[3]?.reason ?? "", /empty/);
    assert.match(refused[5]?.reason ?? "", /messages\[0\]\.content/);
  });

  it("counts a question once, however often it stands there", () => {
    const { records, refused } = read(chat(["user", "a"], ["assistant", "b"]), chat(["user", "a"], ["assistant", "c"]), chat(["user", "a"], ["assistant", "b"]));
    assert.deepEqual(records.map(({ line }) => line), [1, 2]);
    assert.deepEqual(refused, [{ line: 3, reason: "it equals line 1, and a question counts once" }]);
  });

  it("refuses a line with bytes that are not UTF-8: the question that would be asked is not the one that was written", () => {
    const set = createTestSet();
    set.add({ text: chat(["user", "\uFFFD"], ["assistant", "b"]), malformed: [5] });
    assert.deepEqual(set.refused, [{ line: 1, reason: "it has bytes that are not UTF-8" }]);
  });
});

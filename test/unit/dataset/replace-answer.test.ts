import assert from "node:assert/strict";
import fc from "fast-check";
import { replaceAnswer, type Answer } from "../../../src/dataset/replace-answer.ts";

function replace(line: string, answer: Answer): string {
  let text = line;
  for (const { start, end, text: put } of [...replaceAnswer(line, answer)].sort((a, b) => b.start - a.start)) text = text.slice(0, start) + put + text.slice(end);
  return text;
}

const says = (content: string): Answer => ({ content, calls: [] });

describe("the answer of a chat record", () => {
  it("is replaced in the last assistant message, and every other byte stays", () => {
    const line = '{ "messages" : [{"role":"system","content":"caf\\u00e9"},{"role": "user","content":"a"}, {"role":"assistant","content":"b"},{"role":"user","content":"c"},{"content":"wrong", "role":"assistant"}],"id":1.0, "n":12345678901234567890}';
    assert.equal(replace(line, says("right")), line.replace('"wrong"', '"right"'));
  });

  it("stays as it is written where nothing is corrected", () => {
    assert.deepEqual(replaceAnswer('{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"\\u0062"}]}', says("b")), []);
  });

  it("is escaped as the line is", () => {
    const ascii = '{"messages": [{"role": "user", "content": "\\u00fc"}, {"role": "assistant", "content": "x"}]}';
    assert.equal(replace(ascii, says("é😀")), ascii.replace('"x"', '"\\u00e9\\ud83d\\ude00"'));
    const plain = '{"messages":[{"role":"user","content":"ü"},{"role":"assistant","content":"x"}]}';
    assert.equal(replace(plain, says("é\u2028\n")), plain.replace('"x"', '"é\\u2028\\n"'));
  });

  it("is learned: a weight of 0 becomes 1", () => {
    const line = '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","weight":0}]}';
    assert.equal(replace(line, says("c")), line.replace('"b"', '"c"').replace('"weight":0', '"weight":1'));
  });

  describe("that calls tools", () => {
    const line = '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":null,"tool_calls":[{"id":"call_7","type":"function","function":{"name":"find","arguments":"{\\"limit\\": 1.0, \\"q\\": \\"x\\"}"}}]}],"tools":[{"type":"function","function":{"name":"find"}}]}';

    it("keeps ids, and arguments that mean the same as they are written", () => {
      assert.equal(replace(line, { content: "", calls: [{ name: "find", arguments: { q: "x", limit: 1 } }] }), line);
      assert.equal(replace(line, { content: "", calls: [{ name: "search", arguments: { q: "x", limit: 1 } }] }), line.replace('"find","arg', '"search","arg'));
      assert.equal(replace(line, { content: "", calls: [{ name: "find", arguments: { q: "y" } }] }), line.replace('"{\\"limit\\": 1.0, \\"q\\": \\"x\\"}"', '"{\\"q\\":\\"y\\"}"'));
    });

    it("gets further calls with ids of their own, and loses those that are too many", () => {
      const more = JSON.parse(replace(line, { content: "", calls: [{ name: "find", arguments: { q: "x", limit: 1 } }, { name: "close", arguments: {} }] })) as { messages: { tool_calls?: { id: string; function: unknown }[] }[] };
      const calls = more.messages[1]?.tool_calls ?? [];
      assert.deepEqual([calls.length, calls[0]?.id, calls[1]?.function], [2, "call_7", { name: "close", arguments: "{}" }]);
      assert.match(calls[1]?.id ?? "", /^[\da-f]{9}$/);
      assert.equal(replace(JSON.stringify(more), { content: "", calls: [{ name: "find", arguments: { q: "x", limit: 1 } }] }), JSON.stringify(JSON.parse(line)));
    });

    it("becomes a text, and a text becomes calls", () => {
      const text = replace(line, says("I do not know."));
      assert.deepEqual((JSON.parse(text) as { messages: unknown[] }).messages[1], { role: "assistant", content: "I do not know." });
      const called = (JSON.parse(replace(text, { content: "", calls: [{ name: "find", arguments: { q: 1 } }] })) as { messages: { content: unknown; tool_calls: { function: unknown }[] }[] }).messages[1];
      assert.deepEqual([called?.content, called?.tool_calls[0]?.function], [null, { name: "find", arguments: '{"q":1}' }]);
    });

    it("keeps arguments that are written as an object one", () => {
      const object = '{"messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{"a": 1.0}}}]}]}';
      assert.equal(replace(object, { content: "", calls: [{ name: "f", arguments: { a: 1 } }] }), object);
      assert.equal(replace(object, { content: "", calls: [{ name: "f", arguments: { a: 2 } }] }), object.replace("1.0", "2"));
    });
  });

  it("refuses a record without an answer", () => {
    assert.throws(() => replaceAnswer('{"messages":[{"role":"user","content":"a"}]}', says("b")), /no message from the assistant/);
  });

  it("is read back as it was given, whatever it says, and the rest of the record stays the same value", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom("system", "user", "assistant"), text), { minLength: 1, maxLength: 4 }), text, text, fc.boolean(), (before, old, corrected, spaced) => {
      const record = (answer: string) => ({ messages: [...before.map(([role, content]) => ({ role, content })), { role: "assistant", content: answer }] });
      const line = spaced ? JSON.stringify(record(old), undefined, 1).replaceAll("\n", " ") : JSON.stringify(record(old));
      assert.deepEqual(JSON.parse(replace(line, says(corrected))), JSON.parse(JSON.stringify(record(corrected))));
    }), { numRuns: 60 });
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { excerptOf } from "../../../../src/dataset/insight/excerpt.ts";
import { prettyJson } from "../../../../src/dataset/insight/pretty-json.ts";
import { readConversation } from "../../../../src/dataset/insight/turns.ts";
import { readTree } from "../../../../src/dataset/json-node.ts";

const read = (text: string) => readConversation(readTree(text), text);
const turns = (record: unknown) => read(JSON.stringify(record))?.turns.map(({ role, text }) => [role, text]);

describe("a record read as a conversation", () => {
  it("has the messages of chat, ShareGPT and Gemini as turns", () => {
    assert.deepEqual(turns({ messages: [{ role: "user", content: "a" }, { role: "assistant", content: "b" }] }), [["user", "a"], ["assistant", "b"]]);
    assert.deepEqual(turns({ system: "s", conversations: [{ from: "human", value: "a" }, { from: "gpt", value: "b" }] }), [["system", "s"], ["human", "a"], ["gpt", "b"]]);
    assert.deepEqual(turns({ systemInstruction: { parts: [{ text: "s" }] }, contents: [{ role: "user", parts: [{ text: "a" }, { text: "b" }] }] }), [["systemInstruction: ?", "s"], ["user", "a\nb"]]);
  });

  it("has texts under keys of their own as turns, named for the key", () => {
    assert.deepEqual(turns({ prompt: "a", completion: "b" }), [["prompt", "a"], ["completion", "b"]]);
    assert.deepEqual(turns({ instruction: "a", input: "", output: "b" }), [["instruction", "a"], ["input", ""], ["output", "b"]]);
    assert.deepEqual(turns({ text: "a" }), [["text", "a"]]);
  });

  it("tells both answers of a preference apart", () => {
    const answer = (content: string) => [{ role: "assistant", content }];
    assert.deepEqual(turns({ input: { messages: [{ role: "user", content: "a" }] }, preferred_output: answer("b"), non_preferred_output: answer("c") }), [
      ["user", "a"], ["preferred_output: assistant", "b"], ["non_preferred_output: assistant", "c"],
    ]);
  });

  it("keeps what is no text: parts, calls, tools and labels, with their number literals", () => {
    const text = '{"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "image_url"}]}, {"role": "assistant", "content": null, "weight": 1.0, "tool_calls": []}], "id": "x", "tools": [12345678901234567890]}';
    const conversation = read(text);
    assert.deepEqual(conversation?.turns[0]?.text, 'a\n{\n  "type": "image_url"\n}');
    assert.deepEqual(conversation?.turns[1], { role: "assistant", text: "", more: "weight: 1.0\ntool_calls: []" });
    assert.deepEqual(conversation?.rest, [{ key: "id", json: '"x"' }, { key: "tools", json: "[\n  12345678901234567890\n]" }]);
  });

  it("is none where nobody speaks", () => {
    for (const text of ['{"n": 1}', "[]", "1", "", "{'a'", '{"messages": []}']) assert.equal(read(text), undefined, text);
  });
});

describe("an excerpt", () => {
  it("is of the first speaker who is not the system, on one line", () => {
    assert.deepEqual(excerptOf('{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "a\\n  b"}]}'), { role: "user", text: "a b" });
    assert.deepEqual(excerptOf('{"messages": [{"role": "system", "content": "s"}]}'), { role: "system", text: "s" });
  });

  it("is made of a beginning that ends anywhere, and of lines that are no record", () => {
    assert.deepEqual(excerptOf('{"messages": [{"role": "user", "content": "where is m'), { role: "user", text: "where is m" });
    assert.deepEqual(excerptOf("  "), { role: undefined, text: "" });
    assert.deepEqual(excerptOf("[".repeat(100_000)).role, undefined);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), fc.nat(), (text, end) => {
      assert.ok(excerptOf(text.slice(0, end % (text.length + 1))).text.length <= 301);
    }));
  });
});

describe("JSON over many lines", () => {
  it("is the layout of JSON.stringify for whatever that writes", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(prettyJson(JSON.stringify(value)), JSON.stringify(value, undefined, 2))));
  });

  it("loses no character but white space between tokens, whatever the text is", () => {
    const bare = (text: string): string => text.replace(/\s+/g, "");
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom(...'/*"{}[]:,1a \n') })), fc.nat(), (text, end) => {
      const cut = text.slice(0, end % (text.length + 1));
      assert.equal(bare(prettyJson(cut)), bare(cut));
    }));
    assert.ok(prettyJson("[".repeat(10_000)).length < 2_000_000);
  });
});

import assert from "node:assert/strict";
import { isCountedExactly, recordTokens } from "../../../../src/dataset/insight/tokens.ts";

const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const record = (...messages: object[]): string => JSON.stringify({ messages });

describe("the tokens of a record", () => {
  it("are those of every text, three for each message, and three for the record", () => {
    assert.equal(recordTokens(record({ role: "user", content: "one two" }, { role: "assistant", content: "three" }), words), 3 + (3 + 1 + 2) + (3 + 1 + 1));
  });

  it("count one more for a name", () => {
    assert.equal(recordTokens(record({ role: "user", name: "ada", content: "one" }), words), 3 + 3 + 1 + 1 + 1 + 1);
  });

  it("count content parts and calls by their texts, and no weight", () => {
    const parts = record({ role: "user", weight: 1, content: [{ type: "text", text: "one two" }] }, { role: "assistant", tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{} x" } }] });
    assert.equal(recordTokens(parts, words), 3 + (3 + 1 + 1 + 2) + (3 + 1 + 1 + 1 + 1 + 2));
  });

  it("are none for a line that is no chat record", () => {
    for (const line of ["", "{", "[]", "null", '{"messages":1}', '{"prompt":"a"}']) assert.equal(recordTokens(line, words), 0, line);
  });
});

describe("the encoding o200k_base", () => {
  it("is that of OpenAI's newer models and of what was tuned from them", () => {
    for (const model of ["gpt-4o-mini-2024-07-18", "gpt-4.1", "o4-mini", "ft:gpt-4o:acme::1"]) assert.ok(isCountedExactly(model), model);
    for (const model of ["gpt-3.5-turbo", "smollm2-135m-instruct", "meta-llama/Llama-3", "ft:smollm2"]) assert.ok(!isCountedExactly(model), model);
  });
});

import assert from "node:assert/strict";
import { recordTokens, tokenizerOf } from "../../../../src/dataset/insight/tokens.ts";

const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const tokensOf = (record: object): number => recordTokens(JSON.stringify(record), words).tokens;
const chat = (...messages: object[]): number => tokensOf({ messages });

describe("the tokens of a record", () => {
  it("are those of every text, three for each message, and three for the record", () => {
    assert.equal(chat({ role: "user", content: "one two" }, { role: "assistant", content: "three" }), 3 + (3 + 1 + 2) + (3 + 1 + 1));
  });

  it("count one more for a name", () => {
    assert.equal(chat({ role: "user", name: "ada", content: "one" }), 3 + 3 + 1 + 1 + 1 + 1);
  });

  it("count content parts and calls by their texts, and no weight", () => {
    const parts = [{ role: "user", weight: 1, content: [{ type: "text", text: "one two" }] }, { role: "assistant", tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{} x" } }] }];
    assert.equal(chat(...parts), 3 + (3 + 1 + 1 + 2) + (3 + 1 + 1 + 1 + 1 + 2));
  });

  it("are those of the prompt and of both answers of a pair", () => {
    const user = { role: "user", content: "one" };
    const answer = (content: string) => [{ role: "assistant", content }];
    assert.equal(tokensOf({ input: { messages: [user] }, preferred_output: answer("two three"), non_preferred_output: answer("four") }), 3 + (3 + 2) + (3 + 3) + (3 + 2));
    assert.equal(tokensOf({ prompt: [user], chosen: answer("two"), rejected: answer("three") }), 3 + 3 * (3 + 2));
  });

  it("are those of the texts, where a record is no conversation", () => {
    assert.equal(tokensOf({ prompt: "one two", completion: "three" }), 3 + 3);
    assert.equal(tokensOf({ text: "one two three four" }), 3 + 4);
    assert.equal(tokensOf({ instruction: "one", input: "two", output: "three" }), 3 + 3);
  });

  it("leave out what a grader reads, and pictures whose provider has not said how it counts them", () => {
    assert.equal(tokensOf({ messages: [{ role: "user", content: "one" }], answer: "forty two" }), 3 + 5);
    assert.equal(chat({ role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA BBBB" } }] }), 3 + 3 + 1);
  });

  it("say when tools or pictures cost more than is counted", () => {
    const more = (record: object): boolean => recordTokens(JSON.stringify(record), words).more;
    const messages = [{ role: "user", content: "one" }];
    assert.deepEqual([more({ messages }), more({ messages, tools: [] }), more({ messages, tools: [{ type: "function" }] }), more({ messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "https://a.b/c.png" } }] }] })], [false, false, true, true]);
  });

  it("are none for a line that holds nothing to learn", () => {
    for (const line of ["", "{", "[]", "null", '{"messages":1}', '{"label":"a"}']) assert.equal(recordTokens(line, words).tokens, 0, line);
  });
});

describe("the tokenizer of a model", () => {
  it("is one of OpenAI's encodings for OpenAI's models and what was tuned from them, and an estimate for all others", () => {
    const named = (model: string): string => `${tokenizerOf(model).encoding}${tokenizerOf(model).exact ? "" : "?"}`;
    for (const model of ["gpt-4o-mini-2024-07-18", "gpt-4.1", "o4-mini", "ft:gpt-4o:acme::1"]) assert.equal(named(model), "o200k_base");
    for (const model of ["gpt-3.5-turbo-0125", "gpt-35-turbo", "gpt-4-0613", "babbage-002", "ft:gpt-3.5-turbo:acme::1"]) assert.equal(named(model), "cl100k_base", model);
    for (const model of ["smollm2-135m-instruct", "meta-llama/Llama-3", "ft:smollm2"]) assert.equal(named(model), "o200k_base?", model);
  });
});

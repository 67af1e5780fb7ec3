import assert from "node:assert/strict";
import { correctLine } from "../../../../src/evaluation/correction/correct-record.ts";

const tools = [{ type: "function", function: { name: "find", parameters: { type: "object", properties: { limit: { type: "number", maximum: 1.0 } } } } }];
const plain = JSON.stringify({ messages: [{ role: "system", content: "Label." }, { role: "user", content: "Where is my card?" }, { role: "assistant", content: "lost", weight: 1 }] });
const calling = JSON.stringify({ messages: [{ role: "user", content: "Find x." }, { role: "assistant", content: null, tool_calls: [{ id: "c1", type: "function", function: { name: "find", arguments: '{"limit":1}' } }] }], tools });

describe("a corrected test record", () => {
  it("is the same record with the corrected answer", () => {
    assert.deepEqual(correctLine(plain, { kind: "training", answer: "card_arrival" }), { line: plain.replace('"lost"', '"card_arrival"'), left: [] });
  });

  it("calls tools where the answer is one as reports write it", () => {
    assert.equal(correctLine(calling, { kind: "training", answer: '{"tool_calls":[{"name":"find","arguments":{"limit":2}}]}' }).line, calling.replace('"{\\"limit\\":1}"', '"{\\"limit\\":2}"'));
    assert.throws(() => correctLine(calling, { kind: "training", answer: '{"tool_calls":[{"name":"find"' }), /looks like calls of tools and is none/);
  });

  it("may say a text that looks like calls where no tool is declared", () => {
    const answer = '{"tool_calls":[{"name":"find","arguments":{}}]}';
    const { messages } = JSON.parse(correctLine(plain, { kind: "training", answer }).line) as { messages: unknown[] };
    assert.deepEqual(messages[2], { role: "assistant", content: answer, weight: 1 });
  });

  it("becomes a preference pair in OpenAI's form, asked as the record asks", () => {
    assert.deepEqual(JSON.parse(correctLine(plain, { kind: "preference", answer: "card_arrival", rejected: "lost" }).line), {
      input: { messages: [{ role: "system", content: "Label." }, { role: "user", content: "Where is my card?" }] },
      preferred_output: [{ role: "assistant", content: "card_arrival" }], non_preferred_output: [{ role: "assistant", content: "lost" }],
    });
    const pair = JSON.parse(correctLine(calling, { kind: "preference", answer: '{"tool_calls":[{"name":"find","arguments":{"limit":2}}]}', rejected: "I cannot." }).line) as { input: { tools: unknown }; preferred_output: unknown[]; non_preferred_output: unknown[] };
    assert.deepEqual(pair.input.tools, tools);
    assert.deepEqual(pair.preferred_output, [{ role: "assistant", tool_calls: [{ id: "call_1", type: "function", function: { name: "find", arguments: '{"limit":2}' } }] }]);
    assert.deepEqual(pair.non_preferred_output, [{ role: "assistant", content: "I cannot." }]);
  });

  it("tells what a preference pair has no place for", () => {
    const line = JSON.stringify({ ...(JSON.parse(plain) as object), topic: "cards" });
    assert.deepEqual(correctLine(line, { kind: "preference", answer: "a", rejected: "b" }).left, ["topic"]);
    assert.deepEqual(correctLine(line, { kind: "training", answer: "a" }).left, []);
  });

  it("refuses, in a sentence, what teaches nothing", () => {
    assert.throws(() => correctLine(plain, { kind: "training", answer: " \n" }), /^Error: The corrected answer is empty\./);
    assert.throws(() => correctLine(plain, { kind: "preference", answer: "a", rejected: "" }), /^Error: The rejected answer is empty/);
    assert.throws(() => correctLine(plain, { kind: "preference", answer: "a", rejected: "a" }), /are the same/);
    assert.throws(() => correctLine("{}", { kind: "training", answer: "a" }), /^Error: The record cannot be corrected: /);
  });
});

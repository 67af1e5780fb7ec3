import assert from "node:assert/strict";
import { readRecord } from "../../../src/dataset/record.ts";
import { findTarget } from "../../../src/dataset/targets/index.ts";
import { toolsOf } from "../../../src/dataset/tools.ts";

/** What a record declares and calls, in short. */
function read(provider: string, record: unknown, method = "sft") {
  const target = findTarget(provider, method);
  assert.ok(target);
  const text = JSON.stringify(record);
  const { tools, calls, exchanges, strays } = toolsOf(readRecord(text, target));
  return {
    declared: tools.map(({ name }) => name?.value as unknown),
    calls: calls.map(({ name, form }) => `${String(name?.value)} ${form}`),
    results: exchanges.map(({ results }) => results.length),
    strays: strays.length,
  };
}

const user = { role: "user", content: "Weather?" };
const call = { role: "assistant", tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }, { id: "b", type: "function", function: { name: "g", arguments: "{}" } }] };
const result = { role: "tool", tool_call_id: "a", content: "4" };
const tools = [{ type: "function", function: { name: "f" } }];

describe("the tools of a record", () => {
  it("are read from chats, with the results behind each call", () => {
    assert.deepEqual(read("openai", { messages: [user, call, result, result, { role: "assistant", content: "4." }, result], tools }), { declared: ["f"], calls: ["f tool_calls", "g tool_calls"], results: [2], strays: 1 });
  });

  it("are read from preference pairs, whose answers may go on where the prompt ends", () => {
    assert.deepEqual(read("azure-openai", { input: { messages: [user], tools }, preferred_output: [result, call], non_preferred_output: [call] }, "dpo"), { declared: ["f"], calls: ["f tool_calls", "g tool_calls", "f tool_calls", "g tool_calls"], results: [0, 0], strays: 0 });
  });

  it("are read from OpenAI's older way", () => {
    assert.deepEqual(read("openai", { messages: [user, { role: "assistant", function_call: { name: "f", arguments: "{}" } }, { role: "function", name: "f", content: "4" }], functions: [{ name: "f" }] }), { declared: ["f"], calls: ["f function_call"], results: [1], strays: 0 });
  });

  it("are read from JSON in strings, as ShareGPT has them", () => {
    const turns = [{ from: "human", value: "Weather?" }, { from: "function_call", value: '[{"name": "f", "arguments": {}}, {"name": "g", "arguments": {}}]' }, { from: "observation", value: "4" }];
    assert.deepEqual(read("llama-factory", { conversations: turns, tools: '[{"name": "f"}]' }), { declared: ["f"], calls: ["f turn", "g turn"], results: [1], strays: 0 });
  });

  it("are read from Gemini's parts and Bedrock's blocks", () => {
    const contents = [{ role: "user", parts: [{ text: "Weather?" }] }, { role: "model", parts: [{ functionCall: { name: "f", args: {} } }] }, { role: "user", parts: [{ functionResponse: { name: "f", response: {} } }] }];
    assert.deepEqual(read("vertex", { contents, tools: [{ functionDeclarations: [{ name: "f" }, { name: "g" }] }] }), { declared: ["f", "g"], calls: ["f part"], results: [1], strays: 0 });
    const messages = [{ role: "assistant", content: [{ toolUse: { toolUseId: "a", name: "f", input: {} } }] }, { role: "user", content: [{ toolResult: { toolUseId: "a", content: [] } }] }];
    assert.deepEqual(read("bedrock-nova", { messages, toolConfig: { tools: [{ toolSpec: { name: "f" } }] } }), { declared: ["f"], calls: ["f block"], results: [1], strays: 0 });
  });

  it("are none where the target does not take the format", () => {
    assert.deepEqual(read("vertex", { messages: [user, call], tools }), { declared: [], calls: [], results: [], strays: 0 });
  });
});

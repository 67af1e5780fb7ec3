import assert from "node:assert/strict";
import { readLog } from "../../../../src/dataset/logs/read-log.ts";

const said = [{ role: "system", content: "Be brief." }, { role: "user", content: "Weather in Oslo?" }];
const call = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } };
const tool = { type: "function", function: { name: "weather", parameters: { type: "object" } } };
const read = (entry: object): unknown[] => readLog(entry as Record<string, unknown>).map((chat) => (typeof chat === "string" ? chat : JSON.parse(chat.line)));
const answered = (content: string): object => ({ messages: [...said, { role: "assistant", content }] });

describe("reading logs of OpenAI's APIs", () => {
  const response = { object: "chat.completion", choices: [{ finish_reason: "stop", message: { role: "assistant", content: "Rain.", refusal: null } }] };

  it("takes stored completions with their messages, and logs of request and response, tools included", () => {
    for (const entry of [{ ...response, messages: said }, { request: { messages: said, tools: [tool] }, response }, { custom_id: "1", request: { body: { messages: said } }, response: { status_code: 200, body: response } }, { input: { messages: said }, output: response }]) {
      assert.deepEqual(read(entry), [{ ...answered("Rain."), ...("request" in entry && "tools" in entry.request ? { tools: [tool] } : {}) }]);
    }
    assert.deepEqual(read({ object: "list", data: [{ ...response, messages: said }] }), [answered("Rain.")]);
  });

  it("takes responses, whose calls and results are items of their own", () => {
    const entry = { object: "response", status: "completed", instructions: "Be brief.", input: [{ role: "user", content: [{ type: "input_text", text: "Weather in Oslo?" }] }, { type: "function_call", call_id: "call_1", name: "weather", arguments: '{"city":"Oslo"}' }, { type: "function_call_output", call_id: "call_1", output: "rain" }], output: [{ type: "reasoning", summary: [] }, { type: "message", role: "assistant", content: [{ type: "output_text", text: "Rain." }] }], tools: [{ type: "function", name: "weather", parameters: { type: "object" } }] };
    assert.deepEqual(read(entry), [{ messages: [...said, { role: "assistant", tool_calls: [call] }, { role: "tool", tool_call_id: "call_1", content: "rain" }, { role: "assistant", content: "Rain." }], tools: [tool] }]);
  });

  it("joins the fragments of a streamed answer", () => {
    const chunks = [{ content: "Ra" }, { content: "in." }, {}].map((delta, place) => ({ object: "chat.completion.chunk", choices: [{ delta, finish_reason: place === 2 ? "stop" : null }] }));
    assert.deepEqual(read({ request: { messages: said }, response: chunks }), [answered("Rain.")]);
    const calling = [{ tool_calls: [{ index: 0, id: "call_1", function: { name: "weather", arguments: '{"city"' } }] }, { tool_calls: [{ index: 0, function: { arguments: ':"Oslo"}' } }] }].map((delta) => ({ choices: [{ delta }] }));
    assert.deepEqual(read({ request: { messages: said }, response: calling }), [{ messages: [...said, { role: "assistant", tool_calls: [call] }] }]);
  });

  it("repairs turns whose calls were logged one by one, and contents of null in words", () => {
    const entry = { ...response, messages: [...said, { role: "assistant", content: "null", tool_calls: [call] }, { role: "assistant", content: null, tool_calls: [{ ...call, id: "call_2" }] }, { role: "tool", tool_call_id: "call_1", content: "rain" }, { role: "tool", tool_call_id: "call_2", content: "rain" }] };
    const [{ messages }] = read(entry) as [{ messages: object[] }];
    assert.deepEqual(messages.slice(2, 4), [{ role: "assistant", tool_calls: [call, { ...call, id: "call_2" }] }, { role: "tool", tool_call_id: "call_1", content: "rain" }]);
  });

  it("leaves out what is no answer to learn from, and says why", () => {
    const ending = (finish_reason: string, content: string | null = "Rain."): object => ({ messages: said, choices: [{ finish_reason, message: { role: "assistant", content } }] });
    assert.deepEqual([ending("length"), ending("content_filter"), ending("stop", ""), ending("stop", null), { messages: said }, { messages: [{ role: "user", content: "a" }, { nobody: 1 }], choices: [{ message: { content: "x" } }] }].flatMap((entry) => read(entry)), ["cut", "filtered", "unanswered", "unanswered", "unknown", "unreadable"]);
  });
});

describe("reading observations of Langfuse", () => {
  const generation = { id: "o", traceId: "t", type: "GENERATION", input: said, output: { role: "assistant", content: "Rain." }, level: "DEFAULT" };

  it("takes generations, as objects and as the texts of tables, in either spelling, and passes over spans", () => {
    const { traceId, ...rest } = generation;
    for (const entry of [generation, { ...rest, trace_id: traceId, input: JSON.stringify({ messages: said }), output: JSON.stringify(generation.output) }, { ...generation, output: "Rain." }, { data: [generation], meta: {} }]) assert.deepEqual(read(entry), [answered("Rain.")]);
    assert.deepEqual([read({ ...generation, type: "SPAN" }), read({ ...generation, level: "ERROR" })], [[], ["failed"]]);
  });
});

describe("reading spans of OpenTelemetry", () => {
  const parts = [{ type: "text", content: "Weather in Oslo?" }];
  const attribute = (key: string, value: unknown): object => ({ key, value: { stringValue: typeof value === "string" ? value : JSON.stringify(value) } });

  it("takes messages in parts from OTLP, calls of tools and their results", () => {
    const input = [{ role: "user", parts }, { role: "assistant", parts: [{ type: "tool_call", id: "call_1", name: "weather", arguments: { city: "Oslo" } }] }, { role: "tool", parts: [{ type: "tool_call_response", id: "call_1", response: "rain" }] }];
    const span = { name: "chat m", attributes: [attribute("gen_ai.operation.name", "chat"), attribute("gen_ai.system_instructions", [{ type: "text", content: "Be brief." }]), attribute("gen_ai.input.messages", input), attribute("gen_ai.output.messages", [{ role: "assistant", parts: [{ type: "text", content: "Rain." }], finish_reason: "stop" }]), attribute("gen_ai.tool.definitions", [{ type: "function", name: "weather", parameters: { type: "object" } }])] };
    assert.deepEqual(read({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: "GET /", attributes: [] }, span] }] }] }), [{ messages: [...said, { role: "assistant", tool_calls: [call] }, { role: "tool", tool_call_id: "call_1", content: "rain" }, { role: "assistant", content: "Rain." }], tools: [tool] }]);
  });

  it("takes events and numbered attributes of earlier versions, and tells failed calls", () => {
    const events = [{ name: "gen_ai.system.message", attributes: { content: "Be brief." } }, { name: "gen_ai.user.message", attributes: { content: "Weather in Oslo?" } }, { name: "gen_ai.choice", attributes: { message: '{"content":"Rain."}', finish_reason: "stop" } }];
    assert.deepEqual(read({ attributes: { "gen_ai.system": "openai" }, events }), [answered("Rain.")]);
    const numbered = { "gen_ai.prompt.0.role": "system", "gen_ai.prompt.0.content": "Be brief.", "gen_ai.prompt.1.role": "user", "gen_ai.prompt.1.content": "Weather in Oslo?", "gen_ai.completion.0.role": "assistant", "gen_ai.completion.0.content": "Rain." };
    assert.deepEqual(read({ attributes: numbered }), [answered("Rain.")]);
    assert.deepEqual(read({ attributes: numbered, status: { code: 2 } }), ["failed"]);
  });
});

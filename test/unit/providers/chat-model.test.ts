import assert from "node:assert/strict";
import type { ChatFailure } from "../../../src/evaluation/model.ts";
import { openService } from "../../../src/providers/index.ts";
import { maximumField } from "../../../src/providers/chat-model.ts";
import { answering, completion, cut, refusal, startFakeOpenAi, type FakeOpenAi, type Fault } from "../../support/fake-openai.ts";
import { live, providerError } from "./contract/stage.ts";

const chat = "POST /chat/completions";
const options = { temperature: 0, maximumTokens: 16, seed: 1 };
const counted = { promptTokens: 1, answerTokens: 1 };
const question = [{ role: "user", content: "Hi" }];

describe("a model of OpenAI's API, over a fake built from OpenAI's specification", () => {
  let fake: FakeOpenAi;
  beforeEach(async () => {
    fake = await startFakeOpenAi();
  });
  afterEach(() => fake.close());
  const model = (id = "gpt-4o-mini") => openService({ id: "openai", title: "OpenAI", kind: "openai", baseURL: fake.baseURL, apiKey: fake.key }).then((service) => service.chatModel(id));
  const ask = (id?: string) => model(id).then((each) => each.answer(question, options, live()));
  const answered = (message: Record<string, unknown>, finishReason?: string) => {
    fake.misbehave(chat, answering(completion("gpt-4o-mini", message, finishReason)));
    return ask();
  };

  it("answers what it is asked, under the options", async () => {
    assert.deepEqual(await ask(), { text: "gpt-4o-mini heard: Hi", finishReason: "stop", ...counted });
    assert.deepEqual(fake.received.at(-1)?.body, { model: "gpt-4o-mini", messages: question, temperature: 0, seed: 1, max_tokens: 16 });
    await (await model()).answer(question, { temperature: 1, maximumTokens: 2 }, live());
    assert.deepEqual(fake.received.at(-1)?.body, { model: "gpt-4o-mini", messages: question, temperature: 1, max_tokens: 2 });
  });

  it("names the maximum as the service knows it", () => {
    assert.deepEqual(
      ["https://api.openai.com/v1", "https://me.openai.azure.com/openai/v1", "https://notazure.com/v1", "https://api.openai.com.example.com/v1", "http://127.0.0.1:4311/v1"].map(maximumField),
      ["max_completion_tokens", "max_completion_tokens", "max_tokens", "max_tokens", "max_tokens"],
    );
  });

  it("asks once, and says what may pass and when", async () => {
    const failure = async (fault: Fault) => {
      fake.misbehave(chat, fault);
      return (await ask().catch((error: unknown) => error)) as ChatFailure;
    };
    const wait = { "retry-after-ms": "20" };
    for (const [fault, expected] of [
      [refusal(429, "Slow", null, wait), [true, "rate-limited", 20]], [refusal(503, "Busy", null, wait), [true, "unexpected", 20]], [refusal(408, "Late"), [true, "unreachable", undefined]],
      [cut, [true, "unreachable", undefined]], [refusal(429, "Pay", "insufficient_quota", wait), [undefined, "rate-limited", undefined]], [refusal(400, "No"), [undefined, "invalid", undefined]], [answering({}), [undefined, "unexpected", undefined]],
    ] as const) {
      const { passing, kind, retryAfter } = await failure(fault);
      assert.deepEqual([passing, kind, retryAfter], expected);
    }
    assert.equal(fake.times(chat), 7);
    await assert.rejects(ask("none"), providerError("not-found", /The model 'none' does not exist/));
  });

  it("gives the text however it is put", async () => {
    assert.deepEqual(await answered({ role: "assistant", content: [{ type: "text", text: "a" }, { type: "image" }, { type: "text", text: "b" }] }, "length"), { text: "ab", finishReason: "length", ...counted });
    assert.deepEqual(await answered({ role: "assistant", content: "" }), { text: "", finishReason: "stop", ...counted });
    assert.deepEqual(await answered({ role: "assistant", content: null, refusal: "I cannot help with that." }), { text: "I cannot help with that.", finishReason: "stop", ...counted });
    fake.misbehave(chat, answering({ choices: [{ message: { content: "bare" } }] }));
    assert.deepEqual(await ask(), { text: "bare", finishReason: "unknown" });
  });

  it("is asked with tools, what was called before and its results, and gives calls as one text", async () => {
    const called = [{ id: "call_1", type: "function", function: { name: "weather", arguments: '{"city": "Rome"}' } }];
    const asked = [...question, { role: "assistant", content: "", tool_calls: called }, { role: "tool", content: "sunny", tool_call_id: "call_1" }];
    const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object" } } }];
    fake.misbehave(chat, answering(completion("gpt-4o-mini", { role: "assistant", content: null, refusal: null, tool_calls: called }, "tool_calls")));
    assert.deepEqual(await (await model()).answer(asked, { ...options, tools }, live()), { text: '{"tool_calls":[{"name":"weather","arguments":{"city":"Rome"}}]}', finishReason: "tool_calls", ...counted });
    const { messages, tools: sent } = fake.received.at(-1)?.body as { messages: unknown[]; tools: unknown };
    assert.deepEqual([messages[1], messages[2], sent], [{ role: "assistant", content: null, tool_calls: called }, { role: "tool", content: "sunny", tool_call_id: "call_1" }, tools]);
  });

  it("is held to a form where one is given", async () => {
    const form = { name: "judgement", schema: { type: "object" } };
    await (await model()).answer(question, { ...options, form }, live());
    assert.deepEqual((fake.received.at(-1)?.body as { response_format: unknown }).response_format, { type: "json_schema", json_schema: { name: "judgement", strict: true, schema: { type: "object" } } });
  });

  it("says why there is no text", async () => {
    await assert.rejects(answered({ role: "assistant", content: null, tool_calls: [{ id: "call_1" }] }, "tool_calls"), providerError("unexpected", /gpt-4o-mini answered with a call of a tool that cannot be read, and no text/));
    await assert.rejects(answered({ role: "assistant", content: null }, "content_filter"), providerError("unexpected", /without text \(it ended with "content_filter"\)/));
    for (const odd of [{ choices: [] }, {}, [], "text"]) {
      fake.misbehave(chat, answering(odd));
      await assert.rejects(ask(), providerError("unexpected", /something else than an answer of a model/));
    }
  });

  it("ends with the signal's reason while the server is at work", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    fake.misbehave(chat, async (_context, regular) => {
      stop.abort(reason);
      return regular();
    });
    await assert.rejects((await model()).answer(question, options, stop.signal), (error) => error === reason);
  });
});

import assert from "node:assert/strict";
import { openService } from "../../../src/providers/index.ts";
import { maximumField } from "../../../src/providers/chat-model.ts";
import { answering, completion, cut, refusal, startFakeOpenAi, type FakeOpenAi } from "../../support/fake-openai.ts";
import { live, providerError } from "./contract/stage.ts";

const chat = "POST /chat/completions";
const options = { temperature: 0, maximumTokens: 16, seed: 1 };
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
    assert.deepEqual(await ask(), { text: "gpt-4o-mini heard: Hi", finishReason: "stop" });
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

  it("asks again after a limit, a time-out, a fault and a cut connection", async () => {
    const wait = { "retry-after-ms": "1" };
    for (const fault of [cut, refusal(429, "Slow", null, wait), refusal(408, "Late", null, wait), refusal(503, "Busy", null, wait)]) fake.misbehave(chat, fault);
    assert.equal((await ask()).text, "gpt-4o-mini heard: Hi");
    assert.equal(fake.times(chat), 5);
  });

  it("gives up in the end, and at once when asking again cannot help", async () => {
    fake.misbehave(chat, refusal(503, "Busy", null, { "retry-after-ms": "1" }), 5);
    await assert.rejects(ask(), providerError("unexpected", /OpenAI says: Busy/));
    assert.equal(fake.times(chat), 5);
    await assert.rejects(ask("none"), providerError("not-found", /The model 'none' does not exist/));
    assert.equal(fake.times(chat), 6);
  });

  it("gives the text however it is put", async () => {
    assert.deepEqual(await answered({ role: "assistant", content: [{ type: "text", text: "a" }, { type: "image" }, { type: "text", text: "b" }] }, "length"), { text: "ab", finishReason: "length" });
    assert.deepEqual(await answered({ role: "assistant", content: "" }), { text: "", finishReason: "stop" });
    assert.deepEqual(await answered({ role: "assistant", content: null, refusal: "I cannot help with that." }), { text: "I cannot help with that.", finishReason: "stop" });
    fake.misbehave(chat, answering({ choices: [{ message: { content: "bare" } }] }));
    assert.deepEqual(await ask(), { text: "bare", finishReason: "unknown" });
  });

  it("says why there is no text", async () => {
    await assert.rejects(answered({ role: "assistant", content: null, tool_calls: [{ id: "call_1" }] }, "tool_calls"), providerError("unexpected", /gpt-4o-mini answered with a call of a tool and no text/));
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

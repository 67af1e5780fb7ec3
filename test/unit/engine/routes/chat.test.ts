import assert from "node:assert/strict";
import OpenAI from "openai";
import type { ChatProcess, ChatRequest } from "../../../../src/engine/chat-process.ts";
import { createClusters } from "../../../../src/engine/executors/clusters.ts";
import { createApplication, listen, type ServerDependencies } from "../../../../src/engine/server.ts";
import { assertFollowsOpenAi } from "../../../support/openai-specification.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { openStore } from "../../../../src/engine/store.ts";
import { createTrainingQueue } from "../../../../src/engine/training-queue.ts";

/** A chat process that says back what it was asked, word by word: a fake, so that no model is needed here. */
function fakeChat(asked: ChatRequest[]): ChatProcess {
  return {
    async answer(request, report) {
      asked.push(request);
      const token = (text: string) => ({ token: text, bytes: [...Buffer.from(text)], logprob: -0.5 });
      for (const word of ["You ", "said ", request.messages.at(-1)?.content ?? ""]) {
        report(word, request.topLogprobs === undefined ? [] : [{ ...token(word), top_logprobs: Array.from({ length: request.topLogprobs }, () => token(word)) }]);
      }
      return { finishReason: "stop", promptTokens: 3, completionTokens: 4 };
    },
    score: () => Promise.reject(new Error("nothing is scored here")),
    scoreMessages: () => Promise.reject(new Error("nothing is scored here")),
    end: () => Promise.resolve(),
  };
}

describe("chat completions over HTTP, by the stock client", () => {
  const { path } = scratchFolder();
  const asked: ChatRequest[] = [];
  let server: { port: number; close(): void };
  let client: OpenAI;

  before(async () => {
    const store = openStore(path("state"), assert.fail);
    const clusters = createClusters();
    const queue = createTrainingQueue({ store, ray: { clusters, scripts: "" }, runner: { id: "none", train: () => Promise.reject(new Error("nothing is trained here")) }, checkFile: () => Promise.resolve(1), modelFolder: (model) => model, tell: assert.fail });
    const models: ServerDependencies["models"] = { list: () => [], base: (id) => id, find: (id) => (id.startsWith("ft:") ? { base: "base", adapter: "adapter" } : { base: id }) };
    server = await listen(createApplication({ token: "secret", store, queue, models, clusters, chat: () => fakeChat(asked), touched: () => undefined }), 0);
    client = new OpenAI({ baseURL: `http://127.0.0.1:${server.port}/v1`, apiKey: "secret", maxRetries: 0 });
  });
  after(() => server.close());
  beforeEach(() => asked.splice(0));

  const messages = [{ role: "user" as const, content: "hello" }];

  it("answers a request that names nothing but model and messages", async () => {
    const answer = await client.chat.completions.create({ model: "base", messages });
    assertFollowsOpenAi("CreateChatCompletionResponse", answer);
    assert.equal(answer.choices[0]?.message.content, "You said hello");
    assert.equal(answer.choices[0]?.finish_reason, "stop");
    assert.deepEqual(answer.usage, { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 });
  });

  it("asks a tuned model with its adapter, and hands over what the request says", async () => {
    await client.chat.completions.create({ model: "ft:base", messages, temperature: 0, top_p: 0.5, max_completion_tokens: 9, seed: 7, stop: "end" });
    assert.deepEqual(asked, [{ base: "base", adapter: "adapter", messages, temperature: 0, topP: 0.5, maximumTokens: 9, seed: 7, stop: ["end"] }]);
  });

  it("streams the same text in pieces, with the usage where it was asked for", async () => {
    let text = "";
    let total: number | undefined;
    for await (const chunk of await client.chat.completions.create({ model: "base", messages, stream: true, stream_options: { include_usage: true } })) {
      assertFollowsOpenAi("CreateChatCompletionStreamResponse", chunk);
      text += chunk.choices[0]?.delta.content ?? "";
      total = chunk.usage?.total_tokens ?? total;
    }
    assert.deepEqual([text, total], ["You said hello", 7]);
  });

  it("tells log probabilities where they are asked for, whole and in pieces, and none otherwise", async () => {
    const answer = await client.chat.completions.create({ model: "base", messages, logprobs: true, top_logprobs: 2 });
    assertFollowsOpenAi("CreateChatCompletionResponse", answer);
    assert.deepEqual(answer.choices[0]?.logprobs?.content?.map(({ token, top_logprobs }) => [token, top_logprobs.length]), [["You ", 2], ["said ", 2], ["hello", 2]]);
    const plain = await client.chat.completions.create({ model: "base", messages, logprobs: true });
    assertFollowsOpenAi("CreateChatCompletionResponse", plain);
    assert.deepEqual(plain.choices[0]?.logprobs?.content?.[0], { token: "You ", bytes: [89, 111, 117, 32], logprob: -0.5, top_logprobs: [] });
    const streamed: string[] = [];
    for await (const chunk of await client.chat.completions.create({ model: "base", messages, logprobs: true, stream: true })) {
      assertFollowsOpenAi("CreateChatCompletionStreamResponse", chunk);
      streamed.push(...(chunk.choices[0]?.logprobs?.content ?? []).map(({ token }) => token));
    }
    assert.deepEqual(streamed, ["You ", "said ", "hello"]);
    assert.equal((await client.chat.completions.create({ model: "base", messages })).choices[0]?.logprobs, null);
    await assert.rejects(client.chat.completions.create({ model: "base", messages, top_logprobs: 2 }), { status: 400, message: /without logprobs: true/ });
    await assert.rejects(client.chat.completions.create({ model: "base", messages, logprobs: true, top_logprobs: 21 }), { status: 400, message: /^400 top_logprobs: / });
  });

  it("says in words what is no request", async () => {
    for (const [body, message] of [["{", /^The body is no JSON/], ["[]", /^The body: /], ['{"model":"base"}', /^messages: /], ['{"model":"base","messages":[{"role":"user","content":1}]}', /^messages\.0\.content: /]] as const) {
      const response = await fetch(`${client.baseURL}/chat/completions`, { method: "POST", body, headers: { authorization: "Bearer secret" } });
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as { error: { message: string } }).error.message, message);
    }
  });

  it("refuses tools and several answers in words, and a wrong token with 401", async () => {
    const tools = [{ type: "function" as const, function: { name: "look" } }];
    await assert.rejects(client.chat.completions.create({ model: "base", messages, tools }), { status: 400, message: /does not call tools yet/ });
    await assert.rejects(client.chat.completions.create({ model: "base", messages, n: 2 }), { status: 400, message: /one answer a request/ });
    await assert.rejects(new OpenAI({ baseURL: client.baseURL, apiKey: "wrong", maxRetries: 0 }).chat.completions.create({ model: "base", messages }), { status: 401 });
  });
});

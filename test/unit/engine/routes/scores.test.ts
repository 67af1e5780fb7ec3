import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { ChatError, type ChatProcess, type ScoreMessagesRequest, type ScoreRequest } from "../../../../src/engine/chat-process.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { baseModel, startFakeEngine, type FakeEngine } from "../fake-engine.ts";
import { until } from "../fake-runner.ts";

const score = (line: number, logprobs: readonly number[]) => ({ line, loss: -logprobs.reduce((sum, each) => sum + each, 0) / logprobs.length, truncated: false, tokens: logprobs.map((logprob) => ({ token: "a", bytes: [97], logprob })) });

describe("scoring over HTTP", () => {
  const { path } = scratchFolder();
  const asked: ScoreRequest[] = [];
  const conversations: ScoreMessagesRequest[] = [];
  let play: ChatProcess["score"];
  let scoreMessages: ChatProcess["scoreMessages"];
  let engine: FakeEngine;
  let file: string;

  before(async () => {
    const chat: ChatProcess = {
      answer: () => Promise.reject(new Error("nobody is answered here")),
      score: (request, signal) => {
        asked.push(request);
        return play(request, signal);
      },
      scoreMessages: (request, signal) => {
        conversations.push(request);
        return scoreMessages(request, signal);
      },
      end: () => Promise.resolve(),
    };
    engine = await startFakeEngine(path("state"), { chat: () => chat });
    file = await engine.upload("records");
  });
  after(() => engine.close());
  beforeEach(() => asked.splice(0));

  const post = (body: object, signal?: AbortSignal) =>
    fetch(`http://127.0.0.1:${engine.port}/v1/scores`, { method: "POST", body: JSON.stringify(body), headers: { authorization: "Bearer secret", "content-type": "application/json" }, ...(signal ? { signal } : {}) });
  const lines = async (response: Response): Promise<unknown[]> => (await response.text()).trimEnd().split("\n").map((line) => JSON.parse(line) as unknown);

  it("gives each record with its tokens, part after part of the file, and their sum last", async () => {
    play = async ({ offset }) =>
      offset === 0
        ? { records: [score(1, [-1, -3]), { line: 3, error: "It is no chat record." }], offset: 50, line: 3, ended: false }
        : { records: [score(4, [-0.5]), { line: 5, loss: null, truncated: true, tokens: [] }], offset: 90, line: 5, ended: true };
    const response = await post({ model: baseModel, file });
    assert.equal(response.headers.get("content-type"), "application/jsonl");
    assert.deepEqual(await lines(response), [
      { object: "score", ...score(1, [-1, -3]) }, { object: "score", line: 3, error: "It is no chat record." }, { object: "score", ...score(4, [-0.5]) },
      { object: "score", line: 5, loss: null, truncated: true, tokens: [] }, { object: "score.sum", records: 4, errors: 1, answer_tokens: 3, loss: 1.5 },
    ]);
    assert.deepEqual(asked, [0, 50].map((offset) => ({ base: "/no/model", file: engine.store.dataOf(file), offset, line: offset === 0 ? 0 : 3 })));
  });

  it("gives the tokens of one conversation's answers, whose weights and tools go to the model as a training record has them", async () => {
    const { line: _, ...told } = score(1, [-1, -2]);
    scoreMessages = async () => told;
    const messages = [{ role: "user", content: [{ type: "text", text: "Where?" }] }, { role: "assistant", content: null, tool_calls: [{ id: "c" }], weight: 0 }, { role: "tool", content: "there", tool_call_id: "c" }, { role: "assistant", content: "here" }];
    const response = await post({ model: baseModel, messages, tools: [{ type: "function" }] });
    assert.deepEqual([response.status, await response.json()], [200, { object: "score", ...told }]);
    assert.deepEqual(conversations, [{ base: "/no/model", messages: [{ role: "user", content: "Where?" }, { role: "assistant", content: "", tool_calls: [{ id: "c" }], weight: 0 }, { role: "tool", content: "there", tool_call_id: "c" }, { role: "assistant", content: "here" }], tools: [{ type: "function" }] }]);
    scoreMessages = () => Promise.reject(new ChatError("invalid_messages", "The model's chat template cannot take it: no."));
    const refused = await post({ model: baseModel, messages });
    assert.deepEqual([refused.status, ((await refused.json()) as { error: { code: string } }).error.code], [400, "invalid_messages"]);
  });

  it("refuses what is wrong at once, and ends a stream that fails later with the error", async () => {
    play = () => Promise.reject(new ChatError("invalid_model", "The adapter is gone."));
    const refused = await post({ model: baseModel, file });
    assert.deepEqual([refused.status, ((await refused.json()) as { error: { message: string } }).error.message], [400, "The adapter is gone."]);
    for (const [status, body] of [[404, { model: baseModel, file: "file-none" }], [404, { model: "gpt-9", file }], [400, { model: baseModel }]] as const) assert.equal((await post(body)).status, status, JSON.stringify(body));
    play = async ({ offset }) => {
      if (offset > 0) throw new ChatError("chat_ended", "The chat process ended.");
      return { records: [score(1, [-1])], offset: 9, line: 1, ended: false };
    };
    const [first, last] = await lines(await post({ model: baseModel, file }));
    assert.deepEqual([(first as { line: number }).line, last], [1, { error: { message: "The chat process ended.", type: "server_error", param: null, code: "chat_ended" } }]);
  });

  it("scores no further than a slow client reads, and no more when it is gone", async () => {
    const long = score(1, Array.from({ length: 2000 }, () => -1));
    let ended = false;
    play = async (_request, signal) => {
      signal.onabort = () => (ended = true);
      return { records: [long], offset: 9, line: 1, ended: false };
    };
    const abort = new AbortController();
    const response = await post({ model: baseModel, file }, abort.signal);
    const reader = response.body?.getReader();
    await reader?.read();
    let before = -1;
    // Buffers of the system fill first, then nothing more is asked for.
    while (before !== asked.length) {
      before = asked.length;
      await delay(200);
    }
    assert.ok(before < 2000, String(before));
    abort.abort();
    await until(() => ended);
    const after = asked.length;
    await delay(100);
    assert.ok(asked.length - after <= 1);
  });
});

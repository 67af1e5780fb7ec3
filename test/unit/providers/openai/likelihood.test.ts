import assert from "node:assert/strict";
import { createLikelihood } from "../../../../src/providers/openai/likelihood.ts";

const endpoint = { title: "Local Engine", baseURL: "http://127.0.0.1/v1", kind: "openai" };
const live = new AbortController().signal;
/** The engine's answer, as src/engine/README.md has it. */
const score = (truncated: boolean, ...logprobs: readonly number[]) => ({ object: "score", loss: null, truncated, tokens: logprobs.map((logprob) => ({ token: "a", bytes: [97], logprob })) });

describe("how likely a model of the local engine finds an answer", () => {
  const asked: unknown[] = [];
  const ask = (answer: object, tools?: readonly unknown[]) => createLikelihood(endpoint, { post: async (path, body) => (asked.push([path, body]), answer) }, "m")([{ role: "user", content: "q" }, { role: "assistant", content: "a" }], tools, live);

  it("is the sum over all its tokens, and asked for as a training record has it", async () => {
    assert.deepEqual(await ask(score(false, -0.5, -1.25)), { logprob: -1.75, tokens: 2 });
    await ask(score(false, -1), [{ type: "function" }]);
    const messages = [{ role: "user", content: "q" }, { role: "assistant", content: "a" }];
    assert.deepEqual(asked, [["/scores", { model: "m", messages }], ["/scores", { model: "m", messages, tools: [{ type: "function" }] }]]);
  });

  it("is not told of a part of an answer, of none, or by what speaks otherwise", async () => {
    await assert.rejects(ask(score(true, -1)), { name: "ProviderError", message: "The record is longer than what m reads, so that its answer cannot be scored whole." });
    await assert.rejects(ask(score(false)), { name: "ProviderError", message: "The record has no answer that could be scored." });
    await assert.rejects(ask({ choices: [] }), { name: "ProviderError" });
  });
});

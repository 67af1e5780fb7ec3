import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pythonEnvironment } from "../../src/engine/python-process.ts";
import { ChatError, createChatProcess, type AnswerToken, type ChatEnd, type ChatProcess, type ChatRequest, type ScoreMessagesRequest, type Scored } from "../../src/engine/chat-process.ts";
import { perplexityOf } from "../../src/evaluation/likelihood.ts";
import { createTrlRunner } from "../../src/engine/runners/trl.ts";
import { localTraining, quickRequest, scripts, setUpMinutes, temporaryFolder, writeSample } from "./local-training.ts";

const never = new AbortController().signal;

interface Answer extends ChatEnd {
  readonly text: string;
  readonly pieces: number;
}

describe("chatting with base and adapters", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let python: string;
  let base: string;
  let adapter: string;
  let chat: ChatProcess;

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    folder = await temporaryFolder();
    ({ python, baseModel: base } = await localTraining());
    const request = { ...(await quickRequest(folder.path, "adapter")), maxSteps: 12, epochs: 3, learningRateMultiplier: 8, loraLayers: 6 };
    await createTrlRunner({ python, scripts }).train(request, (event) => {
      if (event.type === "done") adapter = event.adapter;
    }, never);
    chat = createChatProcess({ python, scripts });
  });
  after(async () => {
    await chat?.end();
    await folder?.remove();
  });

  const question = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({ base, messages: [{ role: "user", content }], temperature: 0, topP: 1, maximumTokens: 16, stop: [], ...more });
  async function ask(request: ChatRequest, signal = never, onPiece: (text: string) => void = () => undefined): Promise<Answer> {
    const pieces: string[] = [];
    const end = await chat.answer(request, (piece) => {
      pieces.push(piece);
      onPiece(piece);
    }, signal);
    return { ...end, text: pieces.join(""), pieces: pieces.length };
  }

  it("answers in pieces, counts tokens, and says why the answer ended", async () => {
    const answer = await ask(question("What is the capital of France?", { maximumTokens: 40 }));
    assert.match(answer.text, /Paris/);
    assert.equal(answer.finishReason, "stop");
    assert.ok(answer.pieces > 1 && answer.completionTokens >= answer.pieces);
    // 31 tokens: the template's own system message, the question, and the head of the answer.
    assert.ok(answer.promptTokens > 20 && answer.promptTokens < 60, String(answer.promptTokens));

    const cut = await ask(question("Count from one to one hundred.", { maximumTokens: 5 }));
    assert.deepEqual([cut.finishReason, cut.completionTokens], ["length", 5]);
  });

  it("gives together the greedy answers that it gives alone, of base and adapter alike", async () => {
    const asked = ["Where is my card?", "Please tell me at length how an exchange rate is made, and by whom.", "Pin blocked"].flatMap((text) => [question(text), question(text, { adapter })]);
    const alone: Answer[] = [];
    for (const request of asked) alone.push(await ask(request));
    const together = await Promise.all(asked.map((request) => ask(request)));
    assert.deepEqual(together.map(({ text, finishReason }) => [text, finishReason]), alone.map(({ text, finishReason }) => [text, finishReason]));
    assert.notDeepEqual(alone.filter((_, index) => index % 2 === 0).map(({ text }) => text), alone.filter((_, index) => index % 2 === 1).map(({ text }) => text), "the adapter changes what the model says");
  });

  it("ends an answer before a stop sequence", async () => {
    const whole = await ask(question("What is the capital of France?", { maximumTokens: 40 }));
    const stopped = await ask(question("What is the capital of France?", { maximumTokens: 40, stop: ["never said", "Paris"] }));
    assert.equal(stopped.text, whole.text.slice(0, whole.text.indexOf("Paris")));
    assert.equal(stopped.finishReason, "stop");
  });

  async function scoreAll(file: string, more: { readonly adapter?: string } = {}): Promise<Scored["records"]> {
    const records: Scored["records"] = [];
    for (let at = { offset: 0, line: 0, ended: false }; !at.ended; ) {
      const part = await chat.score({ base, ...more, file, offset: at.offset, line: at.line }, never);
      records.push(...part.records);
      at = part;
    }
    return records;
  }

  it("tells of each token how likely it was, which is what scoring the same answer tells", async () => {
    const tokens: AnswerToken[] = [];
    let text = "";
    const asked = question("Answer with these characters: é 漢 🎉", { maximumTokens: 12, topLogprobs: 3 });
    const end = await chat.answer(asked, (piece, more) => {
      text += piece;
      tokens.push(...more);
    }, never);
    assert.equal(tokens.length, end.completionTokens - (end.finishReason === "stop" ? 1 : 0));
    for (const { token, logprob, top_logprobs: top } of tokens) {
      assert.equal(top.length, 3);
      // Greedy: what was chosen is the likeliest.
      assert.deepEqual([top[0]?.token, top[0]?.logprob], [token, logprob]);
      assert.ok(logprob <= 0 && (top[2]?.logprob ?? 1) <= (top[1]?.logprob ?? 0));
    }
    // What an unfinished character lacks is not in the text.
    const bytes = Buffer.from(tokens.flatMap((each) => each.bytes)).toString("utf8").replace(/\uFFFD+$/, "");
    assert.equal(bytes, text.replace(/\uFFFD+$/, ""));

    const cut = text.slice(0, 6);
    const file = join(folder.path, "answer.jsonl");
    await writeFile(file, `${JSON.stringify({ messages: [...asked.messages, { role: "assistant", content: text }] })}\n`);
    const [score] = await scoreAll(file);
    assert.ok(score && "tokens" in score && cut.length > 0);
    for (const [index, token] of tokens.slice(0, 5).entries()) {
      assert.equal(score.tokens[index]?.token, token.token);
      assert.ok(Math.abs((score.tokens[index]?.logprob ?? NaN) - token.logprob) < 1e-2, `${score.tokens[index]?.logprob} ${token.logprob}`);
    }
  });

  it("scores every record of a file part by part, better with an adapter that learned it, and says which lines it cannot", async () => {
    const learned = await writeSample(folder.path, 2);
    const [before, after] = [await scoreAll(learned), await scoreAll(learned, { adapter })];
    const lossOf = (records: Scored["records"]): number => records.reduce((sum, each) => sum + ("loss" in each ? each.loss ?? 0 : 0), 0) / records.length;
    assert.equal(before.length, 2);
    assert.ok(lossOf(after) < lossOf(before), `${lossOf(before)} → ${lossOf(after)}`);

    const file = join(folder.path, "mixed.jsonl");
    const record = (weight: number): string => JSON.stringify({ messages: [{ role: "user", content: "One?" }, { role: "assistant", content: "1", weight }] });
    await writeFile(file, `${record(1)}\n\n{"prompt":"x"}\nno\n${record(0)}\n${`${record(1)}\n`.repeat(14)}`);
    const mixed = await scoreAll(file);
    assert.deepEqual(mixed.map(({ line }) => line), [1, 3, 4, 5, ...Array.from({ length: 14 }, (_, index) => index + 6)]);
    const [one, two, three, four] = mixed;
    assert.deepEqual(one && "tokens" in one ? one.tokens.map(({ token }) => token) : one, ["1", "<|im_end|>"]);
    assert.match(two && "error" in two ? two.error : "", /^It is no chat record: KeyError/);
    assert.match(three && "error" in three ? three.error : "", /^It is no chat record/);
    assert.equal(four && "loss" in four ? four.loss : 0, null);
  });

  it("scores conversations together as it scores them in a file, and finds answers likelier with an adapter that learned them", async () => {
    const file = await writeSample(folder.path, 3);
    const records = (await readFile(file, "utf8")).trimEnd().split("\n").map((line) => (JSON.parse(line) as Pick<ScoreMessagesRequest, "messages">).messages);
    const scoreTogether = (more: { readonly adapter?: string }) => Promise.all(records.map((messages) => chat.scoreMessages({ base, ...more, messages }, never)));
    const [before, after, alone] = [await scoreTogether({}), await scoreTogether({ adapter }), await scoreAll(file)];
    for (const [index, { tokens }] of before.entries()) {
      const same = alone[index];
      assert.ok(same && "tokens" in same && same.tokens.length === tokens.length && tokens.length > 1);
      for (const [place, { logprob }] of tokens.entries()) assert.ok(Math.abs(logprob - (same.tokens[place]?.logprob ?? NaN)) < 1e-3, `${logprob} ${same.tokens[place]?.logprob}`);
    }
    const perplexity = (scored: typeof before): number => perplexityOf(scored.flatMap(({ tokens }) => tokens).reduce(({ logprob, tokens }, each) => ({ logprob: logprob + each.logprob, tokens: tokens + 1 }), { logprob: 0, tokens: 0 }));
    assert.ok(perplexity(after) < perplexity(before) / 2, `${perplexity(before)} → ${perplexity(after)}`);
    await assert.rejects(chat.scoreMessages({ base, messages: [{ role: "nobody", content: "?" }, { role: "assistant", content: "a" }, { role: "assistant", content: "a", weight: 0 }], adapter: `${folder.path}/none` }, never), { name: "ChatError", code: "invalid_model" });
  });

  it("makes of an adapter of mlx-lm one that says what mlx-lm says", async () => {
    const source = resolve("test/fixtures/engine/mlx-lm-adapter");
    const converted = join(folder.path, "converted");
    const { status, stderr } = spawnSync(python, [join(scripts, "mlx_adapter.py"), source, join(source, "adapters.safetensors"), base, converted], { encoding: "utf8", env: pythonEnvironment(python, true) });
    assert.equal(status, 0, stderr);
    const file = join(folder.path, "asked.jsonl");
    await writeFile(file, `${JSON.stringify({ messages: [{ role: "system", content: "Be brief." }, { role: "user", content: "Is France in Europe?" }, { role: "assistant", content: "Yes." }] })}\n`);
    const [score] = await scoreAll(file, { adapter: converted });
    assert.ok(score && "tokens" in score);
    // What mlx-lm 0.32.2 says of the same tokens with its own adapter; see the fixture's README.
    for (const [index, expected] of [-2.58889, -2.70419, -1.63035].entries()) assert.ok(Math.abs((score.tokens[index]?.logprob ?? NaN) - expected) < 2e-3, JSON.stringify(score.tokens));
  });

  it("streams whole characters", async () => {
    const pieces: string[] = [];
    await ask(question("Answer with these characters and nothing else: 😀 é 漢字 🎉", { maximumTokens: 24 }), never, (piece) => pieces.push(piece));
    assert.ok(pieces.length > 0 && pieces.every((piece) => !Buffer.from(piece, "utf8").toString("utf8").includes("\uFFFD")), JSON.stringify(pieces));
  });

  it("samples the same answer with the same seed, whoever asks beside", async () => {
    const sampled = question("Tell me a story.", { temperature: 1, seed: 3 });
    const alone = await ask(sampled);
    const [again, other] = await Promise.all([ask(sampled), ask({ ...sampled, seed: 4 })]);
    assert.equal(again.text, alone.text);
    assert.notEqual(other.text, alone.text);
  });

  it("ends one cancelled answer, and goes on with the others", async () => {
    const abort = new AbortController();
    const cancelled = ask(question("Tell me a very long story.", { maximumTokens: 4000 }), abort.signal, () => abort.abort());
    const other = ask(question("What is the capital of France?", { maximumTokens: 40 }));
    await assert.rejects(cancelled, { name: "ChatError", code: "cancelled" });
    assert.match((await other).text, /Paris/);
    assert.match((await ask(question("What is the capital of France?", { maximumTokens: 40 }))).text, /Paris/);
  });

  it("refuses what cannot be answered, and nothing beside it", async () => {
    const [long, missing, fine] = await Promise.allSettled([
      ask(question("word ".repeat(9000))),
      ask(question("Hello", { adapter: `${folder.path}/none` })),
      ask(question("What is the capital of France?", { maximumTokens: 40 })),
    ]);
    assert.ok(long.status === "rejected" && long.reason instanceof ChatError && long.reason.code === "context_length_exceeded", String(long.status));
    assert.match(long.reason.message, /the model reads at most 8192/);
    assert.ok(missing.status === "rejected" && missing.reason instanceof ChatError && missing.reason.code === "invalid_model");
    assert.ok(fine.status === "fulfilled" && /Paris/.test(fine.value.text));
    await assert.rejects(ask(question("Hello", { base: folder.path })), { code: "invalid_model", message: `${folder.path} is no model folder: it has no config.json.` });
  });

  it("refuses who waits when it is ended, and answers the next conversation with a new process", async () => {
    const waiting = ask(question("Tell me a very long story.", { maximumTokens: 4000 }), never, () => void chat.end());
    await assert.rejects(waiting, { name: "ChatError", code: "chat_ended" });
    assert.match((await ask(question("What is the capital of France?", { maximumTokens: 40 }))).text, /Paris/);
  });
});

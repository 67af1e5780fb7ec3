import assert from "node:assert/strict";
import type { Waiting } from "../../../src/evaluation/adaptive-concurrency.ts";
import type { AnswerStore } from "../../../src/evaluation/answer-store.ts";
import type { ChatAnswer, ChatModel, ChatOptions } from "../../../src/evaluation/model.ts";
import { runEvaluation, type EvaluationPlan, type Progress } from "../../../src/evaluation/run.ts";
import type { TestRecord } from "../../../src/evaluation/test-set.ts";

const options: ChatOptions = { temperature: 0, maximumTokens: 16, seed: 1 };
const records = (number: number): TestRecord[] => Array.from({ length: number }, (_, index) => ({ line: index + 1, prompt: [{ role: "user", content: `question ${index}` }], reference: `answer ${index}` }));

function memory(): AnswerStore & { kept: Map<string, ChatAnswer> } {
  const kept = new Map<string, ChatAnswer>();
  return { kept, find: (key) => kept.get(key), keep: async (key, answer) => void kept.set(key, answer) };
}

/** A model that answers by a function and counts how often, and how often at once, it is asked. */
function model(id: string, answer: (content: string) => string | Promise<string>): ChatModel & { asked: string[]; most: number } {
  let current = 0;
  const self = {
    id, asked: [] as string[], most: 0,
    async answer(messages: readonly { content: string }[], given: ChatOptions) {
      assert.deepEqual(given, options);
      current += 1;
      self.most = Math.max(self.most, current);
      const content = messages.at(-1)?.content ?? "";
      self.asked.push(content);
      try {
        await Promise.resolve();
        return { text: await answer(content), finishReason: "stop" };
      } finally {
        current -= 1;
      }
    },
  };
  return self;
}

const echo = (id: string) => model(id, (content) => content.replace("question", "answer"));
const plan = (base: ChatModel, tuned: ChatModel, number = 10, concurrency = 3): EvaluationPlan => ({ records: records(number), candidates: [base, tuned].map((each) => ({ name: each.id, provider: "p", model: each })), options, concurrency });
const live = (): AbortSignal => new AbortController().signal;
/** Waits no time, and says how long it would have. */
const pauses: number[] = [];
const waiting: Waiting = { pause: async (milliseconds) => void pauses.push(milliseconds), random: () => 0 };
const run = (given: EvaluationPlan, store: AnswerStore, onProgress: (progress: Progress) => void, signal: AbortSignal) => runEvaluation(given, store, onProgress, waiting, signal);

describe("running an evaluation", () => {
  it("has both models answer every record under the same options, and keeps the order", async () => {
    const [base, tuned] = [model("base", () => "no"), echo("tuned")];
    const outcomes = await run(plan(base, tuned), memory(), () => undefined, live());
    assert.deepEqual(outcomes.map(({ record, outcomes: [, outcome] }) => [record.line, outcome && "text" in outcome && outcome.text]), records(10).map(({ line, reference }) => [line, reference]));
    assert.deepEqual([base.asked.length, tuned.asked.length], [10, 10]);
  });

  it("never has more requests under way than it may", async () => {
    const base = echo("base");
    await run(plan(base, echo("tuned"), 20, 4), memory(), () => undefined, live());
    assert.equal(base.most, 4);
  });

  it("reports what is done, up to the end", async () => {
    const seen: Progress[] = [];
    await run(plan(echo("base"), echo("tuned"), 3), memory(), (progress) => seen.push(progress), live());
    assert.deepEqual(seen.at(-1), { candidate: "tuned", answered: 6, failed: 0, kept: 0, total: 6 });
    assert.deepEqual(seen.map(({ answered }) => answered), [1, 2, 3, 4, 5, 6]);
  });

  it("asks nothing twice: what was kept is not asked again", async () => {
    const store = memory();
    await run(plan(echo("base"), echo("tuned")), store, () => undefined, live());
    const [base, tuned] = [echo("base"), echo("tuned")];
    const seen: Progress[] = [];
    const outcomes = await run(plan(base, tuned), store, (progress) => seen.push(progress), live());
    assert.deepEqual([base.asked, tuned.asked], [[], []]);
    assert.deepEqual([seen[0]?.kept, seen.at(-1)?.kept], [20, 20], "what is kept is known from the first answer on");
    assert.equal(outcomes.length, 10);
  });

  it("asks again under other options, another model or another service", async () => {
    const store = memory();
    await run(plan(echo("base"), echo("tuned")), store, () => undefined, live());
    const other = echo("base");
    await run({ ...plan(other, echo("tuned")), candidates: [other, echo("tuned")].map((each) => ({ name: each.id, provider: "q", model: each })) }, store, () => undefined, live());
    assert.equal(other.asked.length, 10);
    assert.equal(store.kept.size, 40);
  });

  it("goes on where it was cancelled", async () => {
    const store = memory();
    const controller = new AbortController();
    const base = model("base", (content) => {
      if (content === "question 5") controller.abort();
      return content;
    });
    await assert.rejects(run(plan(base, echo("tuned"), 10, 1), store, () => undefined, controller.signal), { name: "AbortError" });
    assert.equal(store.kept.size, 6);
    const again = echo("base");
    await run(plan(again, echo("tuned"), 10, 1), store, () => undefined, live());
    assert.deepEqual(again.asked, ["question 6", "question 7", "question 8", "question 9"]);
  });

  it("takes a failed request as an outcome that is not kept, so that it is asked again", async () => {
    const store = memory();
    const flaky = model("tuned", (content) => {
      if (content === "question 4") throw new Error("Too many requests.");
      return content;
    });
    const progress: Progress[] = [];
    const outcomes = await run(plan(echo("base"), flaky), store, (each) => progress.push(each), live());
    assert.deepEqual(outcomes[4]?.outcomes[1], { failure: "Too many requests." });
    assert.equal(progress.at(-1)?.failed, 1);
    const again = echo("tuned");
    await run(plan(echo("base"), again), store, () => undefined, live());
    assert.deepEqual(again.asked, ["question 4"]);
  });

  it("stops when a model answers nothing at all, with the model's own reason", async () => {
    const broken = model("base", () => {
      throw new Error("The key was refused.");
    });
    await assert.rejects(run(plan(broken, echo("tuned"), 50, 2), memory(), () => undefined, live()), { message: "base answers nothing. The last reason: The key was refused." });
    assert.ok(broken.asked.length < 10, `${broken.asked.length} requests left`);
  });

  it("stops when an answer cannot be kept", async () => {
    const full: AnswerStore = { find: () => undefined, keep: () => Promise.reject(new Error("The disk is full.")) };
    await assert.rejects(run(plan(echo("base"), echo("tuned")), full, () => undefined, live()), { message: "The disk is full." });
  });
});

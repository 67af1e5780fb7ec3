import assert from "node:assert/strict";
import fc from "fast-check";
import { createTokenCount, type TokenCount } from "../../../src/dataset/insight/token-count.ts";
import { describeEstimate } from "../../../src/jobs/describe-estimate.ts";
import { estimate, type EstimateFacts } from "../../../src/jobs/estimate.ts";
import { paceOf } from "../../../src/jobs/pace.ts";
import { tokenLimit } from "../../../src/jobs/token-limit.ts";
import { compatibleTuning, localEngineTuning, openAiTuning } from "../../../src/providers/openai/tuning.ts";
import { jobOf } from "./job-of.ts";

/** So many records of so many tokens each. */
function countOf(records: number, tokens: number, limit?: number): TokenCount {
  const count = createTokenCount(limit);
  for (let line = 0; line < records; line++) count.add(line, { tokens, more: false });
  return count.result();
}

const atOpenAi: EstimateFacts = { model: "gpt-4o-mini-2024-07-18", method: "sft", hyperparameters: {}, tuning: openAiTuning, tokenizer: { encoding: "o200k_base", exact: true }, training: countOf(100, 1000) };
const atHome: EstimateFacts = { ...atOpenAi, model: "smollm2-135m-instruct", tuning: localEngineTuning, tokenizer: { encoding: "o200k_base", exact: false } };

describe("an estimate", () => {
  it("takes OpenAI's own rule for the epochs, and its price list for the price, with source and date", () => {
    const { epochs, trainedTokens, price, exact } = estimate(atOpenAi);
    assert.deepEqual([epochs, trainedTokens, exact], [{ number: 3, by: "service" }, { least: 300_000, most: 300_000 }, true]);
    // 300,000 tokens at 3 dollars a million.
    assert.deepEqual(price, { least: 0.9, most: 0.9, currency: "USD", by: "list", source: "https://platform.openai.com/docs/pricing", dated: "2026-11-22" });
  });

  it("takes the rule for few records: 10 are shown 10 times", () => {
    assert.deepEqual(estimate({ ...atOpenAi, training: countOf(10, 100) }).epochs, { number: 10, by: "service" });
    assert.deepEqual(estimate({ ...atOpenAi, hyperparameters: { n_epochs: 2 } }).epochs, { number: 2, by: "user" });
  });

  it("bills a record that is cut at the limit only as far as it is kept", () => {
    const { trainedTokens, cut, limit } = estimate({ ...atOpenAi, limit: 600, training: countOf(100, 1000, 600), hyperparameters: { n_epochs: 1 } });
    assert.deepEqual([trainedTokens, cut.records, limit], [{ least: 60_000, most: 60_000 }, 100, 600]);
  });

  it("knows the steps where the batch size is chosen, and the tokens of a training that ends after its steps", () => {
    assert.equal(estimate({ ...atOpenAi, hyperparameters: { n_epochs: 2, batch_size: 8 } }).steps, 26);
    assert.equal(estimate(atOpenAi).steps, undefined);
    const { steps, epochs, trainedTokens } = estimate({ ...atHome, tokenizer: { encoding: "o200k_base", exact: true }, hyperparameters: { max_steps: 60, batch_size: 4 } });
    // 240 of 100 records: each 2.4 times.
    assert.deepEqual([steps, epochs, trainedTokens], [60, undefined, { least: 240_000, most: 240_000 }]);
  });

  it("is a range where the tokenizer is another, and has no price where none is listed", () => {
    const { tokens, price } = estimate(atHome);
    assert.ok(tokens.least < 100_000 && tokens.most > 100_000);
    assert.equal(price, undefined);
    assert.equal(estimate({ ...atOpenAi, tuning: compatibleTuning }).price, undefined);
  });

  it("believes the provider more than the list: its price, its tokens, and its no", () => {
    const told = estimate({ ...atOpenAi, told: { price: { amount: 4.5, currency: "USD" }, trainTokens: 290_000, allowed: false } });
    assert.deepEqual([told.price, told.trainedTokens, told.refused], [{ least: 4.5, most: 4.5, currency: "USD", by: "provider" }, { least: 290_000, most: 290_000 }, true]);
  });

  it("takes the one number of epochs that a service says it takes, and a bound for a price", () => {
    const fixed = { ...compatibleTuning, methods: [{ method: "sft" as const, hyperparameters: [{ name: "epochs", title: "Epochs", explanation: "", minimum: 1, maximum: 9, whole: true, usual: "1" }], choices: [] }] };
    const { defaultEpochs: _rule, ...tuning } = fixed;
    const { epochs, price } = estimate({ ...atOpenAi, tuning, told: { most: { amount: 5, currency: "USD" } } });
    assert.deepEqual([epochs, price], [{ number: 1, by: "service" }, { least: 0, most: 5, currency: "USD", by: "provider" }]);
    assert.match(describeEstimate(estimate({ ...atOpenAi, told: { most: { amount: 5, currency: "USD" } } })).at(-1)?.value ?? "", /^at most \$5\.00$/);
  });

  it("says of a training by the hour what an hour costs, and no sum", () => {
    const { price, hourly } = estimate({ ...atOpenAi, model: "o4-mini-2025-04-16", method: "rft" });
    assert.deepEqual([price, hourly?.amount], [undefined, 100]);
  });

  it("is never upside down, and never says less for more records", () => {
    const facts = fc.record({ records: fc.integer({ min: 1, max: 5000 }), tokens: fc.integer({ min: 1, max: 3000 }), exact: fc.boolean(), epochs: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }) });
    fc.assert(fc.property(facts, ({ records, tokens, exact, epochs }) => {
      const of = (number: number) => estimate({ ...atOpenAi, tokenizer: { encoding: "o200k_base", exact }, training: countOf(number, tokens), hyperparameters: epochs === undefined ? {} : { n_epochs: epochs }, pace: { tokensPerSecond: { least: 10, most: 20 }, basis: "" } });
      const one = of(records);
      for (const span of [one.tokens, one.trainedTokens, one.time, one.price]) assert.ok(span && span.least <= span.most);
      assert.ok((of(records + 1).tokens.most ?? 0) > one.tokens.least);
    }), { numRuns: 50 });
  });
});

describe("an estimate in words", () => {
  const linesOf = (facts: EstimateFacts): string[] => describeEstimate(estimate(facts)).map(({ name, value, note }) => `${name}: ${value}${note === undefined ? "" : ` (${note})`}`);

  it("names each figure with what it rests on", () => {
    assert.deepEqual(linesOf({ ...atOpenAi, limit: 600, training: countOf(7, 1000, 600), hyperparameters: { n_epochs: 2, batch_size: 4 }, validation: countOf(2, 10) }), [
      "Records: 7 (2 for validation, 20 tokens)",
      "Tokens: 7,000 (counted with the model's own tokenizer)",
      "Longest record: 1,000 tokens (line 1)",
      "Truncated records: 7 (more than 600 tokens: line 1, line 2, line 3, line 4, line 5, …)",
      "Epochs: 2 (as chosen)",
      "Tokens trained on: 8,400",
      "Steps: 4",
      "Time: not known (no earlier job of this model here tells it)",
      "Price: $0.03 (https://platform.openai.com/docs/pricing, read on 2026-11-22)",
    ]);
  });

  it("rounds what is not exact, and says why", () => {
    const lines = linesOf({ ...atHome, hyperparameters: { max_steps: 60, batch_size: 4 }, ...(localEngineTuning.paceOf?.("smollm2-135m-instruct") ? { pace: { tokensPerSecond: { least: 100, most: 400 }, basis: "as measured" } } : {}) });
    assert.match(lines.join("\n"), /^Tokens: about 85,000 to 130,000 \(an estimate: the model has a tokenizer of its own\)$/m);
    assert.match(lines.join("\n"), /^Time: 9 min to 52 min \(as measured\)$/m);
    assert.match(lines.join("\n"), /^Price: nothing but electricity$/m);
  });
});

describe("the pace of earlier jobs", () => {
  const job = (tokens: number, seconds: number) => jobOf("j", { status: "succeeded", baseModel: "m", trainedTokens: tokens, createdAt: 0, finishedAt: seconds * 1000 });

  it("is that of those that succeeded with the same model, and wider than they were", () => {
    assert.deepEqual(paceOf([job(1000, 10), job(3000, 10)], "m")?.tokensPerSecond, { least: 100 / 1.5, most: 300 * 1.5 });
    assert.match(paceOf([job(1000, 10)], "m")?.basis ?? "", /an earlier job/);
    assert.equal(paceOf([job(1000, 10)], "other"), undefined);
    assert.equal(paceOf([jobOf("j", { status: "failed", baseModel: "m", trainedTokens: 5, createdAt: 0, finishedAt: 1000 }), job(0, 10)], "m"), undefined);
  });
});

describe("the longest record that is learnt whole", () => {
  it("is the target's, the model's, the chosen one, or the context's, whichever is least", () => {
    assert.equal(tokenLimit("openai/sft", "gpt-4o-mini-2024-07-18", {}), 65_536);
    assert.equal(tokenLimit("openai/sft", "gpt-3.5-turbo-0125", {}), 16_385);
    assert.equal(tokenLimit("together/sft", "m", { max_seq_length: 4096 }), 4096);
    assert.equal(tokenLimit("openai/sft", "m", {}, { contextLength: 8192 }), 8192);
    assert.equal(tokenLimit("together/sft", "m", {}), undefined);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Waiting } from "../../../src/evaluation/adaptive-concurrency.ts";
import { judgePlan } from "../../../src/evaluation/judge-plan.ts";
import { bitsPerByte, bytesOf, perplexityOf, withReference } from "../../../src/evaluation/likelihood.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { perplexityMetric } from "../../../src/evaluation/metrics/perplexity.ts";
import type { ChatModel, Likelihood, WeighedMessage } from "../../../src/evaluation/model.ts";
import { sumUpPerplexity } from "../../../src/evaluation/perplexity.ts";
import { createPlanReport } from "../../../src/evaluation/plan-report.ts";
import { readSavedReport } from "../../../src/evaluation/saved-report.ts";
import type { Candidate } from "../../../src/evaluation/run.ts";
import { notTold, scoreReferences, type LikelihoodStore } from "../../../src/evaluation/score-references.ts";
import { sectionsOf } from "../../../src/evaluation/sections/index.ts";
import { showPerplexity } from "../../../src/evaluation/sections/words.ts";

const record = (line: number, reference: string) => ({ line, prompt: [{ role: "user", content: `q${line}` }], reference });
const told = (logprob: number, tokens: number) => ({ text: "x", finishReason: "stop", right: false, likelihood: { logprob, tokens } });
const named = (...names: readonly string[]) => names.map((name) => ({ name }));

describe("how likely a model finds a reference", () => {
  it("is told as perplexity by token and as bits per byte", () => {
    // Four tokens of probability 1/2 each: as hard as choosing between two at each, and half a bit for each of eight bytes.
    const likelihood = { logprob: 4 * Math.log(1 / 2), tokens: 4 };
    assert.equal(perplexityOf(likelihood), 2);
    assert.equal(bitsPerByte(likelihood, bytesOf("déjà vu")), 4 / 9);
    assert.deepEqual([perplexityOf({ logprob: 0, tokens: 0 }), bitsPerByte(likelihood, 0)], [Number.NaN, Number.NaN]);
    assert.deepEqual([1, 1.23456, 987.65, 12_345.6, 1e20].map(showPerplexity), ["1.000", "1.235", "987.6", "12,346", "1.000e+20"]);
  });

  it("counts the bytes that UTF-8 has", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 12 }), (text) => bytesOf(text) === new TextEncoder().encode(text).length), { numRuns: 50 });
    assert.equal(bytesOf("\ud800x"), new TextEncoder().encode("\ud800x").length);
  });

  it("as a score from 0 to 1 is the inverse of perplexity per byte, undefined where it is not told", () => {
    const measure = (likelihood?: Likelihood): number => perplexityMetric.measure("whatever", "four", { likelihood });
    assert.deepEqual([measure({ logprob: -Infinity, tokens: 1 }), measure({ logprob: -8 * Math.LN2, tokens: 3 }), measure({ logprob: 0, tokens: 3 }), measure()], [0, 0.25, 1, Number.NaN]);
    assert.match(perplexityMetric.unsuited?.('{"tool_calls":[{"name":"f","arguments":{}}]}') ?? "", /calls tools/);
    assert.equal(perplexityMetric.unsuited?.("yes"), undefined);
  });
});

describe("the perplexity of a report", () => {
  it("is over all tokens of the references of which every candidate tells, with each record's difference from the first", () => {
    const found = sumUpPerplexity({
      candidates: named("base", "tuned", "silent"),
      records: [
        { ...record(1, "ab"), outcomes: [told(-4 * Math.LN2, 1), told(-2 * Math.LN2, 1), { text: "x", finishReason: "stop", right: false, likelihood: { untold: "why" } }] },
        { ...record(2, "abcd"), outcomes: [told(-8 * Math.LN2, 3), told(-4 * Math.LN2, 3), { text: "x", finishReason: "stop", right: false, likelihood: { untold: "why" } }] },
        { ...record(3, "a"), outcomes: [told(-9, 9), { failure: "gone" }, { failure: "gone" }] },
      ],
    });
    assert.deepEqual([found?.records, found?.sameTokens], [2, true]);
    const [base, tuned, silent] = found?.candidates ?? [];
    // 12 bits over 4 tokens and 6 bytes; half of that.
    assert.deepEqual([base?.perplexity.toFixed(9), base?.bitsPerByte, base?.tokens], ["8.000000000", 2, 4]);
    assert.deepEqual([tuned?.perplexity.toFixed(9), tuned?.bitsPerByte], [(2 ** 1.5).toFixed(9), 1]);
    assert.deepEqual([tuned?.against, base?.against], [{ point: -1, low: -1, high: -1 }, undefined]);
    assert.deepEqual([silent?.perplexity, silent?.against, silent?.untold, base?.untold], [Number.NaN, undefined, { records: 2, reason: "why" }, { records: 0 }]);
    assert.equal(sumUpPerplexity({ candidates: named("a"), records: [{ ...record(1, "a"), outcomes: [{ text: "x", finishReason: "stop", right: true }] }] }), undefined);
  });

  const head = { createdAt: "2026-01-02T03:04:05.000Z", plan: "a.eval.jsonc", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, options: { temperature: 0, maximumTokens: 8 } };
  const candidates = ["base", "tuned", "elsewhere"].map((name) => ({ name, service: "p", model: name }));
  /** The tuned model needs fewer bits for each reference, and cuts it into as many tokens, or more. */
  const reportOf = (tokensOfTuned: number) => createPlanReport({ ...head, candidates }, exactMatchMetric, Array.from({ length: 30 }, (_, index) => {
    const says = (likelihood: Likelihood | { readonly untold: string }) => ({ text: "no", finishReason: "stop", likelihood });
    return { record: record(index + 1, "abcd"), outcomes: [says({ logprob: -6 - (index % 5) / 10, tokens: 2 }), says({ logprob: -1 - (index % 3) / 10, tokens: tokensOfTuned }), says({ untold: notTold })] };
  }), [perplexityMetric]);

  it("judges by the likelihood of each reference, together with the other metrics", () => {
    const [, likelihood] = judgePlan(reportOf(2));
    assert.deepEqual(likelihood?.candidates.map(({ n, against }) => [n, against?.outcome]), [[30, undefined], [30, "better"], [0, "cannot-tell"]]);
    assert.deepEqual([likelihood?.candidates[1]?.against?.comparison.test, likelihood?.candidates[1]?.against?.comparison.interval], ["Wilcoxon", "BCa"]);
  });

  it("has a part of its own, which says what is not told, and that different tokens cannot be compared", () => {
    const section = (tokens: number) => sectionsOf(reportOf(tokens)).find(({ title }) => title === "Perplexity of the references");
    const [same, different] = [section(2), section(3)];
    assert.match(same?.paragraphs[0] ?? "", /over 30 references of which all of them tell\./);
    assert.deepEqual(same?.paragraphs.slice(1), ["elsewhere: not told for 30 references: its service does not tell how likely a model finds a given text."]);
    // The means of 6.0 to 6.4 and of 1.0 to 1.2 nats, over two tokens and four bytes each.
    assert.deepEqual(same?.tables[0]?.rows.map((row) => row.slice(0, 4)), [["base", showPerplexity(Math.exp(3.1)), "60", (6.2 / Math.LN2 / 4).toFixed(3)], ["tuned", showPerplexity(Math.exp(0.55)), "60", (1.1 / Math.LN2 / 4).toFixed(3)], ["elsewhere", "not told", "", "not told"]]);
    assert.match(same?.tables[0]?.rows[1]?.[4] ?? "", /^−1\.839 \(−1\.8\d\d to −1\.8\d\d\)$/);
    assert.match(different?.paragraphs[1] ?? "", /different tokens \(base into 60, tuned into 90\), so that their perplexities cannot be compared\. Compare bits per byte\.$/);
  });

  it("is kept with the report, record by record", () => {
    const read = readSavedReport(JSON.stringify(reportOf(2)));
    assert.ok(read.version === 2);
    assert.deepEqual(read.records[1]?.outcomes.map((outcome) => "likelihood" in outcome && outcome.likelihood), [{ logprob: -6.1, tokens: 2 }, { logprob: -1.1, tokens: 2 }, { untold: notTold }]);
  });
});

describe("asking how likely references are", () => {
  const waiting: Waiting = { pause: async () => undefined, random: () => 0 };
  const live = new AbortController().signal;
  const memory = (): LikelihoodStore & { readonly kept: Map<string, Likelihood> } => {
    const kept = new Map<string, Likelihood>();
    return { kept, find: (key) => kept.get(key), keep: async (key, likelihood) => void kept.set(key, likelihood) };
  };
  const answered = (...references: readonly string[]) => references.map((reference, index) => ({ record: record(index + 1, reference), outcomes: [{ text: "x", finishReason: "stop" }, index === 1 ? { failure: "gone" } : { text: "x", finishReason: "stop" }] }));
  const candidate = (name: string, likelihood?: ChatModel["likelihood"], ask?: Candidate["ask"]): Candidate => ({ name, provider: name, model: { id: name, answer: () => Promise.reject(new Error("nobody is answered here")), ...(likelihood ? { likelihood } : {}) }, ...(ask ? { ask } : {}) });
  const withLikelihood = (outcome: unknown): unknown => (outcome as { likelihood?: unknown }).likelihood;

  it("asks who can tell, of each reference that was answered and calls no tools, with answers among the examples left out", async () => {
    const asked: (readonly WeighedMessage[])[] = [];
    const tells: ChatModel["likelihood"] = async (messages) => {
      asked.push(messages);
      return { logprob: -asked.length, tokens: 1 };
    };
    const shown: Candidate["ask"] = ({ prompt }) => [{ role: "user", content: "e" }, { role: "assistant", content: "f" }, ...prompt];
    const seen: string[] = [];
    const found = await scoreReferences(answered("a", "b", '{"tool_calls":[{"name":"f","arguments":{}}]}'), { candidates: [candidate("mute"), candidate("tells", tells, shown)], concurrency: 2 }, memory(), ({ answered: done, total }) => seen.push(`${done}/${total}`), waiting, live);
    assert.deepEqual(found.map(({ outcomes }) => outcomes.map(withLikelihood)), [[{ untold: notTold }, { logprob: -1, tokens: 1 }], [{ untold: notTold }, undefined], [undefined, undefined]]);
    assert.deepEqual([asked, seen], [[[{ role: "user", content: "e" }, { role: "assistant", content: "f", weight: 0 }, { role: "user", content: "q1" }, { role: "assistant", content: "a" }]], ["1/1"]]);
    assert.deepEqual(withReference([], "a"), [{ role: "assistant", content: "a" }]);
  });

  it("keeps what was told, and asks only for the rest when it is run again", async () => {
    const store = memory();
    let calls = 0;
    const once: ChatModel["likelihood"] = async (messages) => {
      calls += 1;
      if (calls === 2) throw new Error("too long");
      return { logprob: -(messages.at(-1)?.content.length ?? 0), tokens: 1 };
    };
    const run = () => scoreReferences(answered("a", "bb", "ccc"), { candidates: [candidate("one", once)], concurrency: 1 }, store, () => undefined, waiting, live);
    assert.deepEqual((await run()).map(({ outcomes: [first] }) => withLikelihood(first)), [{ logprob: -1, tokens: 1 }, { untold: "too long" }, { logprob: -3, tokens: 1 }]);
    assert.deepEqual((await run()).map(({ outcomes: [first] }) => withLikelihood(first)), [{ logprob: -1, tokens: 1 }, { logprob: -2, tokens: 1 }, { logprob: -3, tokens: 1 }]);
    assert.equal(calls, 4);
  });

  it("ends when it is cancelled", async () => {
    const abort = new AbortController();
    const hangs: ChatModel["likelihood"] = async (_messages, _tools, signal) => {
      abort.abort(new Error("enough"));
      signal.throwIfAborted();
      return { logprob: 0, tokens: 1 };
    };
    await assert.rejects(scoreReferences(answered("a"), { candidates: [candidate("one", hangs)], concurrency: 1 }, memory(), () => undefined, waiting, abort.signal), { message: "enough" });
  });
});

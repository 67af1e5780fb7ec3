import assert from "node:assert/strict";
import { sumUpUsage } from "../../../src/evaluation/usage.ts";

const answer = (promptTokens?: number, answerTokens?: number, milliseconds?: number) => ({ text: "a", finishReason: "stop", right: true, promptTokens, answerTokens, milliseconds });

describe("what answers took", () => {
  it("is tokens, time and cost for a thousand records, of what was told", () => {
    const usage = sumUpUsage([answer(100, 10, 200), answer(300, 30, 400), answer(undefined, undefined, 300), answer(7), { failure: "gone" }], { input: 0.15, output: 0.6, dated: "2026-11-22" });
    assert.deepEqual(usage, { counted: 2, timed: 3, promptTokens: 200, answerTokens: 20, p50: 300, p95: 390, costPerThousand: (200 * 0.15 + 20 * 0.6) / 1_000 });
  });

  it("is undefined where nobody tells it", () => {
    const { costPerThousand, promptTokens, p95 } = sumUpUsage([answer()], { input: 1, output: 1, dated: "2026-11-22" });
    assert.deepEqual([costPerThousand, promptTokens, p95, sumUpUsage([answer(1, 1)]).costPerThousand], [Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });
});

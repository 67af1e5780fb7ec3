import assert from "node:assert/strict";
import { conversationsOf } from "../../../src/evaluation/conversations.ts";
import { analyseReport } from "../../../src/evaluation/analyse-report.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { createPlanReport } from "../../../src/evaluation/plan-report.ts";
import { createReport, type Report } from "../../../src/evaluation/report.ts";
import type { ChatMessage } from "../../../src/evaluation/model.ts";

const says = (role: string, content: string): ChatMessage => ({ role, content });
const question = "How long does a transfer to Spain take?";

/** Conversations of so many turns each, cut into a record for each turn. */
function recordsOf(conversations: number, turns: number): { line: number; prompt: readonly ChatMessage[]; reference: string }[] {
  return Array.from({ length: conversations * turns }, (_, index) => {
    const [conversation, turn] = [Math.floor(index / turns), index % turns];
    const before = Array.from({ length: turn }, (_each, place) => [says("user", `${question} ${conversation} ${place}`), says("assistant", `Answer ${place}`)]).flat();
    return { line: index + 1, prompt: [...before, says("user", `${question} ${conversation} ${turn}`)], reference: `Answer ${turn}` };
  });
}

describe("records that share a conversation", () => {
  it("are told by its first question and answer, whatever the system message; greetings and templates open none", () => {
    const [first, second, third] = recordsOf(1, 3);
    assert.ok(first && second && third);
    const other = { prompt: [says("system", "Be kind."), ...second.prompt], reference: "x" };
    const alone = { prompt: [says("user", `${question} 9 9`)], reference: "Answer 0" };
    const found = conversationsOf([first, alone, other, third]);
    assert.deepEqual(found.map((each) => each === found[0]), [true, false, true, true]);
    assert.equal(found[1], undefined);
    const hello = { prompt: [says("user", "Hello there"), says("assistant", "Hi"), says("user", question)], reference: "x" };
    assert.deepEqual(conversationsOf([hello, hello]), [undefined, undefined]);
    assert.ok(conversationsOf(Array.from({ length: 30 }, () => first)).every((each) => each === undefined));
  });

  it("are no independent witnesses: what is sure of as many single records cannot be told, in the summary, every metric and every slice", () => {
    const made = { createdAt: "2026-01-02T03:04:05.000Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, options: { temperature: 0, maximumTokens: 8, seed: 0 } };
    // In two conversations of five the tuned model has everything right, where its base has nothing.
    const answered = (turns: number) => recordsOf(50 / turns, turns).map((record, index) => ({ record, base: { text: "x", finishReason: "stop" }, tuned: { text: index < 20 ? record.reference : "x", finishReason: "stop" } }));
    const report = (turns: number): Report => createReport({ ...made, models: { provider: "p", base: "b", tuned: "t" } }, exactMatchMetric, answered(turns));
    const [single, shared] = [report(1), report(10)];
    assert.deepEqual([single.summary.verdict.outcome, single.summary.conversations], ["better", undefined]);
    assert.deepEqual([shared.summary.verdict.outcome, shared.summary.conversations, shared.summary.tuned.right], ["cannot-tell", 5, 20]);
    assert.match(shared.summary.verdict.words, /of 50 records in 5 conversations, 20 only it has right and 0 only its base\. .+ by the BCa bootstrap, and Wilcoxon's signed-rank test/);
    assert.ok(shared.summary.tuned.high - shared.summary.tuned.low > single.summary.tuned.high - single.summary.tuned.low, "the share itself is less sure, too");
    const plan = createPlanReport({ ...made, plan: "a.eval.jsonc", candidates: [{ name: "b", service: "s", model: "b" }, { name: "t", service: "s", model: "t" }] }, exactMatchMetric, answered(10).map(({ record, base, tuned }) => ({ record, outcomes: [base, tuned] })));
    assert.deepEqual([plan.summary.candidates[1]?.comparison?.outcome, plan.summary.candidates[1]?.comparison?.conversations], ["cannot-tell", 5]);
    const { metrics, slices } = analyseReport(plan);
    assert.deepEqual([metrics[0]?.candidates[1]?.against?.comparison.conversations, metrics[0]?.candidates[1]?.against?.outcome], [5, "cannot-tell"]);
    assert.ok(slices.some(({ against }) => (against[1]?.comparison.conversations ?? 0) > 0));
  });
});

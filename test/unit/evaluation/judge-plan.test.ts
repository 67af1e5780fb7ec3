import assert from "node:assert/strict";
import { judgePlan } from "../../../src/evaluation/judge-plan.ts";
import { chrfMetric } from "../../../src/evaluation/metrics/chrf.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { jsonMatchMetric } from "../../../src/evaluation/metrics/json-match.ts";
import { sectionsOf } from "../../../src/evaluation/sections/index.ts";
import { createPlanReport } from "../../../src/evaluation/plan-report.ts";

const says = (text: string) => ({ text, finishReason: "stop" });
const head = { createdAt: "2026-01-02T03:04:05.000Z", plan: "a.eval.jsonc", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, candidates: ["one", "two", "three"].map((name) => ({ name, service: "p", model: name })), options: { temperature: 0, maximumTokens: 8 } };
/** Each candidate is right as often as is said, from the first record on; the third lacks its last answer. */
const answered = (...right: readonly number[]) => Array.from({ length: 40 }, (_, index) => ({
  record: { line: index + 1, prompt: [{ role: "user", content: `q${index}` }], reference: `answer ${index}` },
  outcomes: right.map((often, candidate) => (candidate === 2 && index === 39 ? { failure: "gone" } : says(index < often ? `answer ${index}` : "something else"))),
}));

describe("a plan judged by several metrics", () => {
  const report = createPlanReport(head, exactMatchMetric, answered(10, 30, 11), [chrfMetric, jsonMatchMetric]);

  it("has each candidate's mean with its interval and, but for the first, what it shows against the first", () => {
    const [exact, chrf, json] = judgePlan(report);
    assert.deepEqual(exact?.candidates.map(({ n, mean, against }) => [n, mean, against?.outcome]), [[40, 0.25, undefined], [40, 0.75, "better"], [39, 11 / 39, "cannot-tell"]]);
    assert.deepEqual(chrf?.candidates.map(({ against }) => against?.outcome), [undefined, "better", "cannot-tell"]);
    assert.ok(chrf?.candidates.every(({ low, mean, high }) => low < mean && mean < high));
    assert.deepEqual([json?.unsuited, json?.candidates[0]?.n, json?.candidates[0]?.mean], [{ records: 40, reason: "the reference is no JSON object or array" }, 0, Number.NaN]);
  });

  it("is corrected for every metric of every candidate that is defined, in the summary as here", () => {
    const [exact] = judgePlan(report);
    const against = exact?.candidates[1]?.against;
    assert.equal(against?.adjusted, Math.min(1, (against?.comparison.p ?? Number.NaN) * 4), "the smallest p of four tests; the metric that is undefined has none");
    assert.equal(report.summary.candidates[1]?.comparison?.adjusted, against?.adjusted);
    assert.deepEqual([report.also, createPlanReport(head, exactMatchMetric, answered(1, 2, 3)).also], [["chrf", "json-match"], undefined]);
  });

  it("says of a guard-rail set whether something became worse there, by its own metrics", () => {
    const dataset = { path: "guard.jsonl", sha256: "1".repeat(64), refused: [] };
    const guard = (...right: readonly number[]) => createPlanReport(head, exactMatchMetric, answered(10, 30, 11), [], { dataset, metric: exactMatchMetric, also: [chrfMetric], answered: answered(...right) });
    assert.match(guard(40, 20, 39).summary.words, /^Another model won: two is better than one\. On the guard-rail set of 40 records became worse than one: two by Exact match \(−50\.0 points, −6\d\.\d to −3\d\.\d\); two by chrF \(/);
    assert.match(guard(40, 40, 40).summary.words, / On the guard-rail set of 40 records nothing was shown to have become worse than one\.$/);
    const [section] = sectionsOf(guard(40, 20, 39)).filter(({ title }) => title === "Guard-rail set guard.jsonl");
    assert.deepEqual([section?.tables.length, section?.tables[0]?.rows[1]?.slice(0, 2)], [2, ["two", "0.500"]]);
  });
});

import assert from "node:assert/strict";
import { createMetric, findMetric, parameterisedOf } from "../../../src/evaluation/metrics/index.ts";

describe("a metric of one's own", () => {
  const measure = (expression: string, answer: string, reference: string, more: object = {}): number | undefined => createMetric({ metric: "expression", expression, ...more } as { metric: string })?.measure(answer, reference);

  it("says that an answer is right when its expression holds of answer, reference, and what both say as JSON", () => {
    assert.deepEqual([measure("answer.startsWith(reference)", "Paris, of course", "Paris"), measure("answer.startsWith(reference)", "London", "Paris")], [1, 0]);
    assert.deepEqual([measure("json.total == reference_json.total", '{"total":3.0,"x":1}', '{"total":3}'), measure("json.total == reference_json.total", "three", '{"total":3}'), measure("json.total == reference_json.total", "{}", '{"total":3}')], [1, 0, 0]);
  });

  it("scores by a number, which it keeps from 0 to 1", () => {
    const overlap = "double(size(answer)) / double(size(reference))";
    assert.deepEqual([measure(overlap, "ab", "abcd", { score: true }), measure(overlap, "abcdef", "abcd", { score: true }), measure("answer", "a", "b", { score: true })], [0.5, 1, 0]);
    assert.equal(createMetric({ metric: "expression", expression: overlap, score: true } as { metric: string })?.kind, "score");
  });

  it("says what is wrong with an expression, and is made again of its id", () => {
    assert.match(parameterisedOf("expression")?.faults({ expression: "answer ==" })[0]?.message ?? "", /^This expression cannot be read: .*Common Expression Language/);
    const metric = createMetric({ metric: "expression", expression: "answer == reference" } as { metric: string });
    assert.equal(findMetric(metric?.id ?? "")?.measure("a", "a"), 1);
  });
});

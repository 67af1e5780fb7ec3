import assert from "node:assert/strict";
import { readMetricOption, readMetricsOption } from "../../../src/cli/evaluation/metric-option.ts";

describe("metrics as options of the command line", () => {
  it("are names with commas between them, an object as JSON, or a list of both", () => {
    assert.equal(readMetricOption("--metric", "label"), "label");
    assert.deepEqual(readMetricOption("--metric", '{"metric":"regex","pattern":"a"}'), { metric: "regex", pattern: "a" });
    assert.deepEqual(readMetricsOption("--also", "chrf, bleu,"), ["chrf", "bleu"]);
    assert.deepEqual(readMetricsOption("--also", '["chrf", {"metric":"length","most":2}]'), ["chrf", { metric: "length", most: 2 }]);
    assert.deepEqual([readMetricsOption("--also", '{"metric":"length"}'), readMetricsOption("--also", undefined)], [[{ metric: "length" }], []]);
  });

  it("say what cannot be", () => {
    assert.throws(() => readMetricOption("--metric", "regex"), /The metric "regex" wants parameters: write it as JSON, such as \{"metric":"regex", …\}/);
    assert.throws(() => readMetricOption("--metric", "vibes"), /There is no metric "vibes"\. There are: exact-match/);
    assert.throws(() => readMetricOption("--metric", '{"metric":"regex","pattern":"("}'), /--metric: This pattern cannot be used: missing closing \)/);
    assert.throws(() => readMetricsOption("--also", '[{"metric":"regex","patern":"a"}]'), /--also .+ There is no setting "patern"; did you mean "pattern"\?/);
    assert.throws(() => readMetricsOption("--also", '["chrf"'), /--also .+: This is no JSON/);
  });
});

import assert from "node:assert/strict";
import { chosenMetrics } from "../../../src/evaluation/chosen-metrics.ts";

const [label, contains, chrf] = [{ id: "label", kind: "pass-fail" }, { id: "contains", kind: "pass-fail" }, { id: "chrf", kind: "score" }] as const;

describe("the metrics that were chosen", () => {
  it("count by the first that tells right from wrong, the others together with it", () => {
    assert.deepEqual(chosenMetrics([label], "exact-match"), { metric: "label" });
    assert.deepEqual(chosenMetrics([chrf, label, contains], "exact-match"), { metric: "label", also: ["chrf", "contains"] });
  });

  it("count by the usual one where all are scores, or none was chosen", () => {
    assert.deepEqual(chosenMetrics([chrf], "exact-match"), { metric: "exact-match", also: ["chrf"] });
    assert.deepEqual(chosenMetrics([], "exact-match"), { metric: "exact-match" });
  });
});

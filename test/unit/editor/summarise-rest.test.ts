import assert from "node:assert/strict";
import { summariseRest } from "../../../src/editor/linting/summarise-rest.ts";

describe("what is said of findings that are not shown", () => {
  it("is nothing where all are shown", () => {
    assert.equal(summariseRest({ omitted: [] }), undefined);
  });

  it("is how many there are of each rule, as grave as the gravest of them", () => {
    assert.deepEqual(summariseRest({ omitted: [{ rule: "duplicate-record", severity: "warning", count: 12_000 }, { rule: "null-text", severity: "hint", count: 1 }] }), {
      severity: "warning",
      message: '12,001 further findings are not shown here: duplicate-record 12,000, null-text 1. The record viewer marks the records of all of them; "tunesmith lint" lists them.',
    });
    assert.match(summariseRest({ omitted: [{ rule: "null-text", severity: "hint", count: 1 }] })?.message ?? "", /^1 further finding is not shown/);
  });
});

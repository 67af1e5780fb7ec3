import assert from "node:assert/strict";
import { areMoved, areSame } from "../../../src/editor/linting/findings-alike.ts";
import type { ShownFinding } from "../../../src/workers/file-check.ts";

const finding = (line: number, message = "Unknown role.", rule = "unknown-role"): ShownFinding => ({
  rule, severity: "error", message, range: { start: { line, character: 4 }, end: { line, character: 9 } },
});

describe("findings of two versions of a file", () => {
  it("are the same where nothing has changed, be it their places", () => {
    assert.ok(areSame([finding(1), finding(2)], [finding(1), finding(2)]));
    assert.equal(areSame([finding(1), finding(2)], [finding(1), finding(3)]), false);
    assert.ok(areSame([], []));
  });

  it("have moved where only their places have changed", () => {
    assert.ok(areMoved([finding(1), finding(2)], [finding(2), finding(3)]));
    for (const others of [[finding(1)], [finding(1), finding(2, "Other.")], [finding(1), finding(2, "Unknown role.", "role-order")]]) assert.equal(areMoved([finding(1), finding(2)], others), false);
  });
});

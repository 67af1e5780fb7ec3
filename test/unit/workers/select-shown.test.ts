import assert from "node:assert/strict";
import fc from "fast-check";
import { gravestFirst, type Finding, type Severity } from "../../../src/dataset/finding.ts";
import { rangeOnLine } from "../../../src/dataset/text.ts";
import { toDocumentCheck } from "../../../src/workers/file-check.ts";
import { selectShown } from "../../../src/workers/select-shown.ts";
import { lintResult } from "../../support/lint-result.ts";

const finding = (rule: string, severity: Severity, line: number): Finding => ({ rule, severity, range: rangeOnLine(line, 0, 1), message: rule, fixes: [] });
const many = (rule: string, severity: Severity, count: number): Finding[] => Array.from({ length: count }, (_, line) => finding(rule, severity, line));

describe("the findings of a file of any size that are shown", () => {
  it("are all where there are few", () => {
    const findings = many("invalid-json", "error", 500);
    assert.deepEqual(selectShown(findings), findings);
  });

  it("are the first 500 of a rule, so that one rule does not hide the others", () => {
    const findings = [...many("duplicate-record", "error", 900), ...many("unknown-role", "error", 10)];
    const shown = selectShown(findings);
    assert.equal(shown.filter(({ rule }) => rule === "duplicate-record").length, 500);
    assert.equal(shown.filter(({ rule }) => rule === "unknown-role").length, 10);
  });

  it("leave one place for the sentence that counts the rest, and are the gravest, in the order of the text", () => {
    const rule = fc.constantFrom("a-rule", "b-rule", "c-rule", "d-rule");
    fc.assert(fc.property(fc.array(fc.record({ rule, severity: fc.constantFrom(...gravestFirst), count: fc.integer({ min: 1, max: 700 }) }), { maxLength: 5 }), (groups) => {
      const findings = groups.flatMap((group) => many(group.rule, group.severity, group.count));
      const shown = selectShown(findings);
      assert.ok(shown.length <= 999);
      assert.deepEqual(shown, findings.filter((each) => shown.includes(each)));
      const { omitted } = toDocumentCheck(lintResult(findings, 1));
      assert.equal(omitted.reduce((sum, { count }) => sum + count, 0), findings.length - shown.length);
    }), { numRuns: 30 });
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Finding } from "../../../src/dataset/finding.ts";
import { rangeOnLine } from "../../../src/dataset/text.ts";
import { placeOf, severities, toFileCheck } from "../../../src/workers/file-check.ts";
import { lintResult } from "../../support/lint-result.ts";

const severity = fc.constantFrom(...severities);
const findings = fc.array(fc.record({ rule: fc.constantFrom("one-rule", "other-rule"), severity, line: fc.nat({ max: 30 }) }), { maxLength: 60 })
  .map((all) => all.sort((a, b) => a.line - b.line).map(({ rule, severity: own, line }): Finding => ({ rule, severity: own, range: rangeOnLine(line, 0, 1), message: `${rule} of ${line}`, fixes: [] })));
const result = (all: readonly Finding[]) => lintResult(all, 31);

describe("the check of a file", () => {
  it("counts all findings, and flags each line that has one with what is gravest on it", () => {
    fc.assert(fc.property(findings, (all) => {
      const { counts, flagged, findings: kept, omitted } = toFileCheck(result(all));
      assert.deepEqual(kept, all);
      assert.deepEqual(omitted, []);
      for (const each of severities) assert.equal(counts[each], all.filter((finding) => finding.severity === each).length);
      assert.deepEqual([...flagged.lines], [...new Set(all.map(({ range }) => range.start.line))]);
      flagged.lines.forEach((line, place) => {
        const own = all.filter(({ range }) => range.start.line === line).map((finding) => severities.indexOf(finding.severity));
        assert.equal(severities.indexOf(flagged.marks[flagged.gravest[place] ?? -1]?.severity ?? "hint"), Math.min(...own));
      });
    }));
  });

  it("keeps the first thousand of each rule without their fixes, and says how many there are besides", () => {
    const fix = { title: "Fix", safe: true, edits: [] };
    const many = Array.from({ length: 2500 }, (_, line): Finding => ({ rule: line % 5 === 0 ? "rare" : "common", severity: line % 5 === 0 ? "warning" : "error", range: rangeOnLine(line, 0, 1), message: "m", fixes: [fix] }));
    const { findings: kept, omitted, fixable, flagged } = toFileCheck(result(many));
    assert.equal(kept.filter(({ rule }) => rule === "common").length, 1000);
    assert.equal(kept.filter(({ rule }) => rule === "rare").length, 500);
    assert.ok(kept.every(({ fixes }) => fixes.length === 0));
    assert.deepEqual(omitted, [{ rule: "common", severity: "error", count: 1000 }]);
    assert.equal(fixable, 2500);
    assert.equal(flagged.lines.length, 2500);
  });

  it("finds the place of a line among the flagged ones", () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat({ max: 50 })), fc.nat({ max: 55 }), (numbers, line) => {
      const lines = Uint32Array.from(numbers.sort((a, b) => a - b));
      assert.equal(placeOf(lines, line), numbers.filter((each) => each < line).length);
    }));
  });
});

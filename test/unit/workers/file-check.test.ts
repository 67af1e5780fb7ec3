import assert from "node:assert/strict";
import fc from "fast-check";
import { gravestFirst, type Finding } from "../../../src/dataset/finding.ts";
import { rangeOnLine } from "../../../src/dataset/text.ts";
import { placeOf, toDocumentCheck, toFileCheck } from "../../../src/workers/file-check.ts";
import { lintResult } from "../../support/lint-result.ts";

const severity = fc.constantFrom(...gravestFirst);
const findings = fc.array(fc.record({ rule: fc.constantFrom("one-rule", "other-rule"), severity, line: fc.nat({ max: 30 }) }), { maxLength: 60 })
  .map((all) => all.sort((a, b) => a.line - b.line).map(({ rule, severity: own, line }): Finding => ({ rule, severity: own, range: rangeOnLine(line, 0, 1), message: `${rule} of ${line}`, fixes: [] })));
const result = (all: readonly Finding[]) => lintResult(all, 31);

describe("the check of a file", () => {
  it("counts all findings, and flags each line that has one with what is gravest on it", () => {
    fc.assert(fc.property(findings, (all) => {
      const { counts, flagged, findings: kept, omitted } = toFileCheck(result(all));
      assert.deepEqual(kept, all.map(({ fixes: _fixes, ...shown }) => shown));
      assert.deepEqual(omitted, []);
      for (const each of gravestFirst) assert.equal(counts[each], all.filter((finding) => finding.severity === each).length);
      assert.deepEqual([...flagged.lines], [...new Set(all.map(({ range }) => range.start.line))]);
      flagged.lines.forEach((line, place) => {
        const own = all.filter(({ range }) => range.start.line === line).map((finding) => gravestFirst.indexOf(finding.severity));
        assert.equal(gravestFirst.indexOf(flagged.marks[flagged.gravest[place] ?? -1]?.severity ?? "hint"), Math.min(...own));
      });
    }));
  });

  it("keeps the first of each rule, as many as an editor shows, without their fixes, and says how many there are besides", () => {
    const fix = { title: "Fix", safe: true, edits: [] };
    const many = Array.from({ length: 2500 }, (_, line): Finding => ({ rule: line % 5 === 0 ? "rare" : "common", severity: line % 5 === 0 ? "warning" : "error", range: rangeOnLine(line, 0, 1), message: "m", fixes: [fix] }));
    const { findings: kept, omitted, fixable, flagged } = toFileCheck(result(many));
    assert.equal(kept.filter(({ rule }) => rule === "common").length, 500);
    assert.equal(kept.filter(({ rule }) => rule === "rare").length, 499);
    assert.ok(kept.every((each) => !("fixes" in each)));
    assert.deepEqual(omitted, [{ rule: "common", severity: "error", count: 1500 }, { rule: "rare", severity: "warning", count: 1 }]);
    assert.equal(fixable, 2500);
    assert.equal(flagged.lines.length, 2500);
  });

  it("says of a document what of it is repaired in its text and what in its bytes, and which lines are superfluous", () => {
    const finding = (fixes: Finding["fixes"], line = 0): Finding => ({ rule: "a-rule", severity: "error", range: rangeOnLine(line, 0, 0), message: "m", fixes });
    const all = [
      finding([{ title: "Remove the mark", safe: true, edits: [], rewrites: "utf-8" }]),
      finding([{ title: "Write lines", safe: true, edits: [], rewrites: "jsonl" }]),
      finding([{ title: "Rewrite", safe: false, edits: [] }]),
      finding([{ title: "Remove the line", safe: true, edits: [{ range: { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } }, text: "" }] }], 3),
    ];
    const { fixable, fixableInText, encoding, findings: kept } = toDocumentCheck(result(all));
    assert.deepEqual({ fixable, fixableInText, encoding }, { fixable: 3, fixableInText: 2, encoding: "utf-8" });
    assert.deepEqual(kept.map(({ superfluous }) => superfluous), [undefined, undefined, undefined, true]);
  });

  it("finds the place of a line among the flagged ones", () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat({ max: 50 })), fc.nat({ max: 55 }), (numbers, line) => {
      const lines = Uint32Array.from(numbers.sort((a, b) => a - b));
      assert.equal(placeOf(lines, line), numbers.filter((each) => each < line).length);
    }));
  });
});

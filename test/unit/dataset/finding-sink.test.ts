import assert from "node:assert/strict";
import type { Finding } from "../../../src/dataset/finding.ts";
import { createFindingSink } from "../../../src/dataset/finding-sink.ts";
import { createLaterProblems, mostKept } from "../../../src/dataset/later-problems.ts";

const finding = (line: number, rule: string, fixable = false): Finding => ({
  rule, severity: "warning", message: `${rule} of ${line}`, range: { start: { line, character: 0 }, end: { line, character: 1 } },
  fixes: fixable ? [{ title: "Remove it", safe: true, edits: [{ range: { start: { line, character: 0 }, end: { line, character: 1 } }, text: "" }] }] : [],
});

describe("a sink of findings", () => {
  it("keeps the first of each rule, counts all, and notes the line of each", () => {
    const sink = createFindingSink({ mostOfRule: 2, flags: true });
    for (let line = 0; line < 5; line++) sink.add(finding(line, "first", true));
    sink.add(finding(1, "second"), 7);
    const { findings, tallies, flagged } = sink.finish();
    assert.deepEqual(findings.map(({ message }) => message), ["first of 0", "first of 1", "second of 1"]);
    assert.deepEqual(tallies, [{ rule: "first", severity: "warning", count: 5, fixable: 5 }, { rule: "second", severity: "warning", count: 8, fixable: 0 }]);
    assert.deepEqual([...(flagged?.lines ?? [])], [0, 1, 2, 3, 4, 1]);
    assert.deepEqual([...(flagged?.tallies ?? [])], [0, 0, 0, 0, 0, 1]);
  });

  it("takes a rule as the project does, and not at all where it is off", () => {
    const sink = createFindingSink({ severities: { first: "error", second: "off" } });
    sink.add(finding(0, "first"));
    sink.add(finding(0, "second"));
    assert.deepEqual(sink.finish().tallies, [{ rule: "first", severity: "error", count: 1, fixable: 0 }]);
  });

  it("of parts finds what one finds of the whole, edits included", () => {
    const options = { mostOfRule: 3, flags: true };
    const whole = createFindingSink(options);
    const merged = createFindingSink(options);
    for (const first of [0, 10, 20]) {
      const part = createFindingSink(options);
      for (let line = 0; line < 2; line++) {
        part.add(finding(line, "first", true));
        whole.add(finding(first + line, "first", true));
      }
      merged.merge(part.finish(), first);
    }
    // The message tells the line within the part.
    const silent = ({ findings, ...rest }: ReturnType<typeof whole.finish>) => ({ ...rest, findings: findings.map((each) => ({ ...each, message: "" })) });
    assert.deepEqual(silent(merged.finish()), silent(whole.finish()));
  });
});

describe("problems that wait for the end", () => {
  it("are kept up to a number; the last one tells how many more there are", () => {
    const problems = createLaterProblems();
    for (let line = 0; line < mostKept + 5; line++) problems.add(() => ({ line, start: 0, end: 0, message: "" }));
    problems.addUntold(2);
    const all = problems.all();
    assert.equal(all.length, mostKept);
    assert.deepEqual(all.at(-1), { line: mostKept - 1, start: 0, end: 0, message: "", more: 7 });
    assert.equal(problems.count, mostKept + 7);
    problems.clear();
    assert.deepEqual(problems.all(), []);
  });
});

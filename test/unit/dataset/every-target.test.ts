import assert from "node:assert/strict";
import { countVerdicts, judgeEveryTarget, judgeTarget } from "../../../src/dataset/every-target.ts";
import type { Finding } from "../../../src/dataset/finding.ts";
import { createFindingSink } from "../../../src/dataset/finding-sink.ts";
import type { LintResult } from "../../../src/dataset/lint.ts";
import { openai, openaiSft } from "../../../src/dataset/targets/openai.ts";
import { rangeOnLine } from "../../../src/dataset/text.ts";
import { lintResult } from "../../support/lint-result.ts";

const fix = { title: "Repair", safe: true, edits: [] };
const at = (line: number, rule: string, changes: Partial<Finding> = {}): Finding => ({ rule, severity: "error", range: rangeOnLine(line, 2, 3), message: `${rule} ${line}`, fixes: [], ...changes });
const found = (...findings: Finding[]): LintResult => lintResult(findings, 7);

describe("judging a target", () => {
  it("takes what has no error, and tells what spoils the model, the most frequent first", () => {
    const warning = { severity: "warning" } as const;
    const judged = judgeTarget({ target: openaiSft, found: found(at(1, "a", warning), at(2, "b", warning), at(3, "b", warning), at(4, "c", { severity: "information" })) });
    assert.deepEqual(judged, {
      target: "openai/sft", title: openaiSft.title, verdict: "taken", errors: 0, warnings: 3,
      reasons: [{ rule: "b", severity: "warning", count: 2, message: "b 2", place: { line: 2, character: 2 } }, { rule: "a", severity: "warning", count: 1, message: "a 1", place: { line: 1, character: 2 } }],
    });
  });

  it("by fixing: says what is to be repaired, or what is left after it, at its place in the file as it is", () => {
    const before = found(at(1, "a", { fixes: [fix] }), at(5, "b", { fixes: [fix] }), at(6, "b"));
    assert.deepEqual(judgeTarget({ target: openaiSft, found: before, left: found() }).verdict, "after-fixes");
    const refused = judgeTarget({ target: openaiSft, found: before, left: found(at(4, "b"), at(9, "hidden")) });
    assert.deepEqual([refused.verdict, refused.errors], ["refused", 3]);
    assert.deepEqual(refused.reasons, [{ rule: "b", severity: "error", count: 1, message: "b 4", place: { line: 6, character: 2 } }, { rule: "hidden", severity: "error", count: 1, message: "hidden 9" }]);
  });

  it("by counting: refuses when an error has no safe fix", () => {
    assert.equal(judgeTarget({ target: openaiSft, found: found(at(1, "a", { fixes: [fix] })) }).verdict, "after-fixes");
    const refused = judgeTarget({ target: openaiSft, found: found(at(1, "a", { fixes: [fix] }), at(2, "b", { fixes: [{ ...fix, safe: false }] })) });
    assert.deepEqual([refused.verdict, refused.reasons.map(({ rule }) => rule)], ["refused", ["b"]]);
  });
});

describe("judging a target by more findings than are kept", () => {
  const kept = (count: number, fixable: number): LintResult => {
    const sink = createFindingSink({ mostOfRule: 1 });
    for (let line = 0; line < count; line++) sink.add(at(line, "a", line < fixable ? { fixes: [fix] } : {}));
    return { ...found(), ...sink.finish() };
  };

  it("counts all, and refuses for one without a repair that was not kept", () => {
    const judged = judgeTarget({ target: openaiSft, found: kept(5, 4) });
    assert.deepEqual([judged.verdict, judged.errors, judged.reasons.map(({ rule, count }) => [rule, count])], ["refused", 5, [["a", 1]]]);
    assert.deepEqual(judgeTarget({ target: openaiSft, found: kept(5, 5) }).reasons.map(({ count }) => count), [5]);
  });
});

describe("judging every target", () => {
  it("puts the best first, counts, and says how it was judged", () => {
    const [first, second, third] = openai as [typeof openaiSft, typeof openaiSft, typeof openaiSft];
    const every = judgeEveryTarget([{ target: first, found: found(at(1, "a")), left: found(at(1, "a")) }, { target: second, found: found() }, { target: third, found: found(at(1, "a", { fixes: [fix] })), left: found() }]);
    assert.deepEqual(every.targets.map(({ target, verdict }) => [target, verdict]), [["openai/dpo", "taken"], ["openai/rft", "after-fixes"], ["openai/sft", "refused"]]);
    assert.deepEqual([every.formatTitle, every.records, every.judgedBy], ["OpenAI chat", 7, "fixing"]);
    assert.deepEqual(countVerdicts(every), { taken: 1, "after-fixes": 1, refused: 1 });
    assert.equal(judgeEveryTarget([{ target: first, found: found(at(1, "a")) }]).judgedBy, "counting");
  });
});

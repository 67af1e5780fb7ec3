import assert from "node:assert/strict";
import { sourceOf } from "../../../src/dataset/lines.ts";
import { lintOnce, type LintResult } from "../../../src/dataset/lint.ts";
import { applySeverities } from "../../../src/dataset/severities.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";

describe("a project's severities", () => {
  const result = lintOnce(sourceOf("{\n\n{", { encoding: "utf-8", byteOrderMark: false }), openaiSft);
  const severityOf = (rule: string, severities: Parameters<typeof applySeverities>[1]) => applySeverities(result, severities).findings.filter((finding) => finding.rule === rule).map(({ severity }) => severity);

  it("replace those of the rules that they name, and leave out what is off", () => {
    assert.deepEqual(severityOf("blank-line", {}), ["warning"]);
    assert.deepEqual(severityOf("blank-line", { "blank-line": "error" }), ["error"]);
    assert.deepEqual(severityOf("blank-line", { "blank-line": "off" }), []);
    assert.deepEqual(severityOf("invalid-json", { "blank-line": "off" }), ["error", "error"]);
  });

  it("change nothing where there are none, and nothing but severities where there are some", () => {
    assert.equal(applySeverities(result, undefined), result);
    assert.equal(applySeverities(result, {}), result);
    const plain = applySeverities(result, { "invalid-json": "information" });
    const without = ({ findings, tallies, ...rest }: LintResult) => ({ ...rest, findings: findings.map((finding) => ({ ...finding, severity: "" })), tallies: tallies.map((tally) => ({ ...tally, severity: "" })) });
    assert.deepEqual(without(plain), without(result));
    assert.deepEqual(plain.tallies.find(({ rule }) => rule === "invalid-json")?.severity, "information");
  });

  it("leave a hint alone, which only fades text, unless its rule is off", () => {
    const hinted = { ...result, findings: result.findings.map((finding) => ({ ...finding, severity: "hint" as const })) };
    assert.deepEqual(new Set(applySeverities(hinted, { "invalid-json": "error" }).findings.map(({ severity }) => severity)), new Set(["hint"]));
    assert.deepEqual(applySeverities(hinted, { "invalid-json": "off" }).findings.filter(({ rule }) => rule === "invalid-json"), []);
  });

  it("know no rule by the name of what every object has", () => {
    const odd = { ...result, findings: result.findings.map((finding) => ({ ...finding, rule: "constructor" })) };
    assert.deepEqual(applySeverities(odd, { "blank-line": "off" }).findings, odd.findings);
  });
});

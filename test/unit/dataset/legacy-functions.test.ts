import assert from "node:assert/strict";
import { sourceOf } from "../../../src/dataset/lines.ts";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { findTarget } from "../../../src/dataset/targets/index.ts";
import { applyEdits } from "../../../src/dataset/text.ts";

const mistral = findTarget("mistral", "sft");
const legacy = '{"messages": [{"role": "user", "content": "4.0?"}, {"role": "assistant", "content": null, "function_call": {"name": "f", "arguments": "{\\"n\\": 4.0}"}}, {"role": "function", "name": "f", "content": "Yes"}, {"role": "assistant", "content": "Yes."}], "functions": [{"name": "f", "description": "Asks", "parameters": {"type": "object", "n": 1.0}}]}';

describe("functions written as tools", () => {
  it("are taken where functions are refused, and every literal stays as it was", () => {
    assert.ok(mistral);
    const found = lintOnce(sourceOf(legacy), mistral).findings;
    const fixes = found.filter(({ rule }) => rule === "legacy-functions").flatMap((finding) => finding.fixes);
    assert.deepEqual(fixes.map(({ title, safe }) => ({ title, safe })), [{ title: "Write functions as tools", safe: false }]);
    const rewritten = applyEdits(legacy, fixes[0]?.edits ?? []);
    assert.deepEqual(lintOnce(sourceOf(rewritten), mistral).findings, []);
    const { messages, tools } = JSON.parse(rewritten) as { messages: Record<string, unknown>[]; tools: unknown };
    const id = messages[2]?.["tool_call_id"];
    assert.deepEqual(messages[1]?.["tool_calls"], [{ id, type: "function", function: { name: "f", arguments: '{"n": 4.0}' } }]);
    assert.deepEqual(tools, [{ type: "function", function: { name: "f", description: "Asks", parameters: { type: "object", n: 1 } } }]);
    assert.ok(rewritten.includes('"n": 1.0'));
  });
});

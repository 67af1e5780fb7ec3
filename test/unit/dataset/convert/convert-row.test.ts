import assert from "node:assert/strict";
import fc from "fast-check";
import { convertRow } from "../../../../src/dataset/convert/convert-record.ts";
import { findTargetFormat } from "../../../../src/dataset/convert/index.ts";
import { lintOnce } from "../../../../src/dataset/lint.ts";
import { sourceOf } from "../../../../src/dataset/lines.ts";
import { openaiSft } from "../../../../src/dataset/targets/openai.ts";

describe("converting a row of a table", () => {
  const mapping = { columns: [{ role: "user", column: "text" }, { role: "assistant", column: "label" }] } as const;
  const convert = (text: string, id = "openai-chat", more: { system?: string } = {}) => convertRow(text, { ...mapping, ...more }, findTargetFormat(id) ?? assert.fail());
  const refusal = (text: string): string => {
    const converted = convert(text);
    return "refusal" in converted ? converted.refusal : "";
  };

  it("says each cell in its role, after the system message", () => {
    assert.deepEqual(convert('{"label": "b", "text": "a"}', "openai-chat", { system: "s" }), {
      line: '{"messages":[{"role":"system","content":"s"},{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}', losses: [],
    });
    assert.deepEqual(convert('{"label": "b", "text": "a"}', "alpaca", { system: "s" }), { line: '{"instruction":"a","input":"","output":"b","system":"s"}', losses: [] });
  });

  it("makes a preference of a column with worse answers", () => {
    const columns = [...mapping.columns, { role: "rejected", column: "worse" }] as const;
    assert.deepEqual(convertRow('{"text": "q", "label": "a", "worse": "b"}', { columns }, findTargetFormat("openai-preference") ?? assert.fail()), {
      line: '{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}', losses: [],
    });
  });

  it("writes numbers as they are written", () => {
    assert.match(JSON.stringify(convert('{"text": 12345678901234567890, "label": 1.0}')), /12345678901234567890.*1\.0/);
  });

  it("is one line without findings, whatever the cells say", () => {
    const said = fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((text) => text.trim() === text && text !== "" && !/[<{[]/.test(text));
    fc.assert(fc.property(said, said, (text, label) => {
      const converted = convert(JSON.stringify({ text, label }));
      assert.ok("line" in converted);
      const { findings } = lintOnce(sourceOf(converted.line), openaiSft);
      assert.deepEqual(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule), ["too-few-records"]);
      assert.deepEqual((JSON.parse(converted.line) as { messages: { content: string }[] }).messages.map(({ content }) => content), [text, label]);
    }));
  });

  it("refuses what would be lost, with the reason", () => {
    assert.equal(refusal('{"text": "a"}'), 'there is no column "label"; there is "text"');
    assert.equal(refusal('{"text": "a", "label": " \\t"}'), 'column "label" is empty');
    assert.equal(refusal('{"text": ["a"], "label": "b"}'), 'column "text" holds a list; expected text');
    assert.equal(refusal('{"text": "a", "text": "b", "label": "c"}'), 'the key "text" stands twice');
    assert.equal(refusal("[1]"), "it is no JSON object");
    assert.equal(refusal('{"a": }'), "it is not valid JSON: column 7: A value is missing before }.");
  });
});

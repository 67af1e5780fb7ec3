import assert from "node:assert/strict";
import { outlineRecord } from "../../../../src/dataset/insight/record-outline.ts";

describe("the outline of a record", () => {
  const words = (text: string): number => text.split(" ").length;

  it("has its messages with their places, who speaks, and what is asked first as its title", () => {
    const line = '{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is\\n2 + 2?"},{"role":"assistant","tool_calls":[{"id":"1"}]},{"role":"tool","content":[{"type":"text","text":"4"}]}],"label":"sum"}';
    const outline = outlineRecord(line, words);
    assert.equal(outline?.title, "What is 2 + 2?");
    assert.deepEqual(outline?.roles, ["system", "user", "assistant", "tool", "label"]);
    assert.deepEqual(outline?.parts.map(({ text }) => text), ["Be brief.", "What is 2 + 2?", "calls a tool", "4", "sum"]);
    for (const { name, start, end } of outline?.parts.slice(0, 4) ?? []) assert.equal((JSON.parse(line.slice(start, end)) as { role: string }).role, name);
    assert.ok((outline?.tokens ?? 0) > 10);
  });

  it("has the texts of a record that is no conversation, and nothing for what is no record", () => {
    assert.deepEqual(outlineRecord('{"prompt":"p","completion":"c","n":1}', words)?.roles, ["prompt", "completion"]);
    assert.deepEqual([outlineRecord("[1]", words), outlineRecord("", words), outlineRecord('{"a":', words)?.roles], [undefined, undefined, []]);
  });
});

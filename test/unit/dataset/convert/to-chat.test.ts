import assert from "node:assert/strict";
import fc from "fast-check";
import { toChat, type Cell } from "../../../../src/dataset/convert/to-chat.ts";
import { lintOnce } from "../../../../src/dataset/lint.ts";
import { sourceOf } from "../../../../src/dataset/lines.ts";
import { openaiSft } from "../../../../src/dataset/targets/openai.ts";

describe("a row as a chat record", () => {
  const mapping = { columns: [{ role: "user", column: "text" }, { role: "assistant", column: "label" }] } as const;
  const convert = (cells: Record<string, Cell>) => toChat(new Map(Object.entries(cells)), mapping);

  it("says each cell in its role, after the system message", () => {
    assert.deepEqual(toChat(new Map([["label", "b"], ["text", "a"]]), { ...mapping, system: "s" }), {
      line: '{"messages":[{"role":"system","content":"s"},{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}',
    });
  });

  it("is one line without errors, whatever the cells say", () => {
    const said = fc.string({ unit: "binary", minLength: 1 }).filter((text) => text.trim() !== "");
    fc.assert(fc.property(said, said, (text, label) => {
      const converted = convert({ text, label });
      assert.ok("line" in converted);
      const { findings } = lintOnce(sourceOf(converted.line), openaiSft);
      assert.deepEqual(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule), ["too-few-records"]);
      assert.deepEqual((JSON.parse(converted.line) as { messages: { content: string }[] }).messages.map(({ content }) => content), [text, label]);
    }));
  });

  it("refuses what would be lost, with the reason", () => {
    assert.deepEqual(convert({ text: "a" }), { reason: 'there is no column "label"; there is "text"' });
    assert.deepEqual(convert({ text: "a", label: " \t" }), { reason: 'column "label" is empty' });
    assert.deepEqual(convert({ text: { holds: "a list" }, label: "b" }), { reason: 'column "text" holds a list; expected text' });
  });
});

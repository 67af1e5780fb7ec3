import assert from "node:assert/strict";
import { fixText } from "../../../src/dataset/fix.ts";
import { splitLines } from "../../../src/dataset/lines.ts";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { findTarget, targets } from "../../../src/dataset/targets/index.ts";

/** So many of anything that a step for each pair of them would take hours, and that no call takes them as its arguments. */
const many = 200_000;

const chat = (answer: string): string => JSON.stringify({ messages: [{ role: "user", content: "Q?" }, { role: "assistant", content: answer }] });
const repeat = <Item>(count: number, make: (index: number) => Item): readonly Item[] => Array.from({ length: count }, (_, index) => make(index));
const tool = (name: string): unknown => ({ type: "function", function: { name, description: "A tool", parameters: { type: "object", properties: {} } } });

/** Records that are long in one respect each, with the rule that speaks of it, if one does. */
const records: Readonly<Record<string, { readonly text: string; readonly rule?: string }>> = {
  "white space within a text": { text: chat(`a${" ".repeat(many)}b`) },
  "brackets that close nothing": { text: chat("<a ".repeat(many)), rule: "surrounding-space" },
  "signs of templates": { text: chat(`${"\n[INST]".repeat(many)}.`), rule: "template-leftover" },
  "backslashes before half a character": { text: chat("\\".repeat(many)).replace("Q?", "\\ud83d"), rule: "lone-surrogate" },
  "Cyrillic letters that were misread": { text: chat("\u00d1\u0080".repeat(many)) },
  "raw control characters": { text: chat("-").replace("-", "\t".repeat(many)), rule: "invalid-json" },
  "further keys": { text: JSON.stringify({ ...(JSON.parse(chat("A.")) as object), ...Object.fromEntries(repeat(many / 10, (index) => [`key${index}`, index])) }), rule: "unknown-key" },
  "parts of one content": { text: chat("A.").replace('"A."', JSON.stringify(repeat(many / 10, (index) => ({ type: "text", text: `<|im_end|>${index}` })))), rule: "special-token" },
  "arguments with faults": { text: JSON.stringify({ messages: [{ role: "user", content: "Q?" }, { role: "assistant", tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: `{${"'a':1,".repeat(many / 4)}` } }] }], tools: [tool("f")] }), rule: "tool-arguments" },
  "tools": { text: JSON.stringify({ ...(JSON.parse(chat("A.")) as object), tools: repeat(10_000, (index) => tool(`f ${index}`)) }), rule: "invalid-tool" },
  "messages": { text: JSON.stringify({ messages: repeat(20_000, (index) => ({ role: index % 2 === 0 ? "User" : "Assistant", content: `Text ${index}` })) }), rule: "unknown-role" },
  "lines": { text: JSON.stringify({ messages: repeat(10_000, (index) => ({ role: index % 2 === 0 ? "user" : "assistant", content: `Text ${index}` })) }, undefined, 1), rule: "multi-line-record" },
};

describe("records that are long in one respect", () => {
  for (const [name, { text, rule }] of Object.entries(records)) {
    it(`are checked and repaired: ${name}`, () => {
      for (const id of ["openai", "mistral"]) {
        const target = findTarget(id, "sft");
        assert.ok(target);
        const { findings } = lintOnce({ encoding: "utf-8", byteOrderMark: false, lines: splitLines(text) }, target);
        if (rule === undefined) assert.ok(findings.every((finding) => finding.rule !== "invalid-json"));
        else assert.ok(findings.some((finding) => finding.rule === rule) || (id === "mistral" && ["unknown-key", "special-token"].includes(rule)), `no finding of ${rule}`);
      }
      const target = findTarget("openai", "sft");
      assert.ok(target);
      const fixed = fixText(text, target);
      assert.equal(fixText(fixed.text, target).fixed, 0);
    }).timeout(60_000);
  }

  for (const depth of [990, 1001, 3000, 5000, 100_000]) {
    it(`and those that are ${depth} levels deep are read, or told to be too deep`, () => {
      const deep = `${"[".repeat(depth)}${"]".repeat(depth)}`;
      const preference = ["input", "preferred_output", "non_preferred_output"].map((key) => (key === "input" ? `"input":{"messages":[{"role":"user","content":"Q?","x":${deep}}]}` : `"${key}":[{"role":"assistant","content":"A.","x":${deep}}]`));
      const text = [`{"messages":[{"role":"user","content":"Q?"},{"role":"assistant","content":${JSON.stringify(deep)}}],"reference_answer":${deep}}`, `{${preference.join(",")}}`].join("\n");
      for (const target of targets) {
        const { findings } = lintOnce({ encoding: "utf-8", byteOrderMark: false, lines: splitLines(text) }, target);
        assert.equal(findings.filter(({ message }) => message.includes("nested too deeply")).length, depth > 1000 ? 2 : 0);
      }
    }).timeout(60_000);
  }

  it("and blank lines by the hundred thousand are counted each", () => {
    const target = findTarget("together", "sft");
    assert.ok(target);
    const { tallies } = lintOnce({ encoding: "utf-8", byteOrderMark: false, lines: splitLines(`${chat("A.")}\n${"\n".repeat(many)}${chat("B.")}\n`) }, target);
    assert.equal(tallies.find(({ rule }) => rule === "blank-line")?.count, many);
  }).timeout(60_000);
});

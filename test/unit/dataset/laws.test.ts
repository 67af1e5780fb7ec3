import assert from "node:assert/strict";
import fc from "fast-check";
import { fixText } from "../../../src/dataset/fix.ts";
import { findSyntaxFaults, isJson } from "../../../src/dataset/json-syntax.ts";
import { sourceOf, splitLines } from "../../../src/dataset/lines.ts";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { applyEdits, comparePositions } from "../../../src/dataset/text.ts";
import { safeFixes } from "../../../src/dataset/select-edits.ts";
import { findTarget } from "../../../src/dataset/targets/index.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";

const role = fc.constantFrom("user", "assistant", "system", "User", " assistant", "human", "tool");
const image = fc.constantFrom<unknown>("https://example.com/a.png", { url: "images/a.png" }, { url: "data:image/jpg;base64,/9j/4AAQ" }, {}, 1).map((address) => [{ type: "image_url", image_url: address }]);
const content = fc.oneof(fc.string(), fc.constant(null), fc.constant(""), fc.integer(), fc.constant([{ type: "text", text: "a" }]), fc.constantFrom(" a\n", "\u00a0é", "null", "<|im_end|>", "{{name}}", "cafÃ©"), image);
const message = fc.record({ role, content, weight: fc.constantFrom(0, 1, 2, "1", true), Role: role, " content": content }, { requiredKeys: [] });
const record = fc.oneof(fc.record({ messages: fc.array(message, { maxLength: 4 }) }), fc.record({ prompt: fc.string() }), fc.jsonValue({ maxDepth: 3 }));

/** Records with tools: calls, ids, arguments and definitions as they should be, and not. */
const id = fc.constantFrom("call_1", "call_2", "abcdef123", "é", "", 5, null);
const toolArguments = fc.oneof(fc.constantFrom("{}", '{"a": 1.0}', "{\n}", "[]", "", "{oops", '"{}"', '{"a": "\ud83d"}', null, 5), fc.dictionary(fc.constantFrom("a", "b", "é\n"), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }));
const toolName = fc.constantFrom("f", "g", "not a name");
const parameters = fc.constantFrom({}, { type: "object", properties: { a: { type: "integer" } }, required: ["a"] }, { type: "strin" }, { $ref: "#" });
const definition = fc.record({ name: toolName, description: fc.constant("A tool"), parameters }, { requiredKeys: ["name"] });
const call = fc.record({ id, type: fc.constant("function"), function: fc.record({ name: toolName, arguments: toolArguments }, { requiredKeys: ["name"] }) }, { requiredKeys: ["function"] });
const toolMessage = fc.oneof(
  fc.record({ role: fc.constant("assistant"), content: fc.constantFrom(null, "Let me look."), tool_calls: fc.array(call, { maxLength: 3 }), function_call: fc.record({ name: toolName, arguments: toolArguments }) }, { requiredKeys: ["role"] }),
  fc.record({ role: fc.constantFrom("tool", "function"), tool_call_id: id, content: fc.constant("1") }, { requiredKeys: ["role", "content"] }),
  fc.record({ role: fc.constant("user"), content: fc.constant("What?") }),
);
const toolList = fc.array(fc.record({ type: fc.constant("function"), function: definition }), { maxLength: 2 });
const toolRecord = fc.oneof(
  fc.record({ messages: fc.array(toolMessage, { maxLength: 5 }), tools: fc.oneof(toolList, toolList.map((list) => JSON.stringify(list, null, 1)), fc.constant("none")), functions: fc.array(definition, { maxLength: 2 }), parallel_tool_calls: fc.constant(false) }, { requiredKeys: ["messages"] }),
  fc.record({ conversations: fc.array(fc.record({ from: fc.constantFrom("human", "function_call", "observation", "gpt"), value: fc.record({ name: toolName, arguments: toolArguments }).map((value) => JSON.stringify(value)) }), { maxLength: 4 }), tools: fc.array(definition, { maxLength: 2 }).map((list) => JSON.stringify(list)) }),
);
const mutation = fc.record({ at: fc.nat(), length: fc.nat({ max: 3 }), text: fc.oneof(fc.constantFrom(",", "'", '"', "}", "]", "{", ":", "NaN", "None", "\t", "\\", "//", "\u00a0", "\u{1f600}", "\ud800", "\uFEFF", ""), fc.string({ maxLength: 3 })) });

/** One line: a record, cut and patched in a few places. */
const line = fc.tuple(fc.oneof(record, toolRecord), fc.array(mutation, { maxLength: 3 })).map(([value, mutations]) =>
  mutations.reduce((text, { at, length, text: patch }) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + patch + text.slice(start + length);
  }, JSON.stringify(value)));
const dataset = fc.array(fc.tuple(fc.oneof({ weight: 8, arbitrary: line }, { weight: 1, arbitrary: fc.constantFrom("", "  ") }), fc.constantFrom("\n", "\r\n", "\n", "\r")), { maxLength: 8 })
  .chain((lines) => fc.boolean().map((ends) => lines.map(([text, lineBreak], index) => text + (index === lines.length - 1 && !ends ? "" : lineBreak)).join("")));

describe("laws of linting and fixing", () => {
  it("a line has syntax faults when, and only when, JSON.parse refuses it", () => {
    fc.assert(fc.property(fc.oneof(line, fc.string(), fc.json()), (text) => assert.equal(findSyntaxFaults(text).length === 0, isJson(text))), { numRuns: 5000 });
  });

  it("every fault stands inside its line", () => {
    fc.assert(fc.property(line, (text) => {
      for (const { start, end } of findSyntaxFaults(text)) assert.ok(0 <= start && start <= end && end <= text.length);
    }), { numRuns: 2000 });
  });

  it("fixing twice equals fixing once, and leaves nothing that is safe to fix", () => {
    fc.assert(fc.property(dataset, (text) => {
      const once = fixText(text, openaiSft);
      assert.equal(applyEdits(text, once.edits), once.text);
      assert.equal(safeFixes(once.result.findings).length, 0);
      assert.equal(fixText(once.text, openaiSft).text, once.text);
    }), { numRuns: 800 });
  });

  it("fixing tools and calls twice equals fixing once, and leaves nothing that is safe to fix, whatever the target wants of them", () => {
    const targets = ["openai", "mistral", "trl", "axolotl", "llama-factory", "vertex", "bedrock-claude"].map((provider) => findTarget(provider, "sft") ?? openaiSft);
    let repaired = 0;
    fc.assert(fc.property(fc.array(toolRecord, { maxLength: 4 }), fc.constantFrom(...targets), (records, target) => {
      const once = fixText(records.map((each) => `${JSON.stringify(each)}\n`).join(""), target);
      assert.equal(safeFixes(once.result.findings).length, 0);
      assert.equal(fixText(once.text, target).text, once.text);
      if (once.fixed > 0) repaired++;
    }), { numRuns: 600 });
    assert.ok(repaired > 100, `only ${repaired} texts had anything to repair`);
  });

  it("fixing leaves every line alone that has no fix of its own", () => {
    fc.assert(fc.property(dataset, (text) => {
      const { findings } = lintOnce(sourceOf(text), openaiSft);
      // An array is written anew, record by record.
      if (findings.some(({ rule }) => rule === "json-array")) return;
      const edits = safeFixes(findings).flatMap((fix) => fix.edits);
      const touched = new Set(edits.flatMap(({ range }) => [range.start.line, ...(range.end.character > 0 ? [range.end.line] : [])]));
      const untouched = [...splitLines(text)].filter((_, index) => !touched.has(index)).map((each) => each.text.trim());
      const fixed = fixText(text, openaiSft).text;
      let from = 0;
      // In the text, not line by line: where a record was written over several lines, the next round joins them.
      for (const each of untouched) {
        const found = fixed.indexOf(each, from);
        assert.ok(found >= 0, `${JSON.stringify(each)} is gone or has changed`);
        from = found + each.length;
      }
    }), { numRuns: 800 });
  });

  it("every finding lies inside the text", () => {
    fc.assert(fc.property(dataset, (text) => {
      const lines = [...splitLines(text)];
      for (const { range } of lintOnce(sourceOf(text), openaiSft).findings) {
        assert.ok(comparePositions(range.start, range.end) <= 0);
        for (const { line: number, character } of [range.start, range.end]) assert.ok(character <= (lines[number]?.text.length ?? 0));
      }
    }), { numRuns: 800 });
  });

  it("a record nested a hundred thousand deep is a finding and no crash", () => {
    const deep = `{"messages": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    assert.deepEqual(lintOnce(sourceOf(deep), openaiSft).findings.map(({ rule }) => rule).sort(), ["invalid-json", "too-few-records"]);
  });
});

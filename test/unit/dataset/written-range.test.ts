import assert from "node:assert/strict";
import fc from "fast-check";
import { readTree } from "../../../src/dataset/json-node.ts";
import { insideString, writtenRange } from "../../../src/dataset/written-range.ts";

/** A character, and one of the ways to write it in a JSON string. */
const character = fc.oneof(
  fc.constantFrom<readonly [string, string]>(['"', '\\"'], ["\\", "\\\\"], ["/", "\\/"], ["/", "/"], ["\n", "\\n"], ["é", "é"], ["é", "\\u00e9"], ["<", "\\u003C"], ["😀", "😀"], ["😀", "\\ud83d\\ude00"], ["u", "u"]),
  fc.string({ minLength: 1, maxLength: 1, unit: "grapheme-ascii" }).filter((text) => text !== '"' && text !== "\\").map((text) => [text, text] as const),
);

describe("where characters of a string stand in the record's text", () => {
  it("is where what is written means them", () => {
    fc.assert(fc.property(fc.array(character), fc.array(character), fc.array(character), (before, between, after) => {
      const [head, middle, tail] = [before, between, after].map((characters) => ({ means: characters.map(([means]) => means).join(""), written: characters.map(([, written]) => written).join("") }));
      assert.ok(head && middle && tail);
      const text = `  {"key": "${head.written}${middle.written}${tail.written}"}`;
      const node = readTree(text)?.children?.[0]?.children?.[1];
      assert.ok(node);
      const { start, end } = writtenRange(text, node, head.means.length, head.means.length + middle.means.length);
      assert.equal(text.slice(start, end), middle.written);
    }), { numRuns: 3000 });
  });

  it("is kept by a text that is put in as JSON writes it", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assert.equal(JSON.parse(`"${insideString(text)}"`), text)));
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { splitLines } from "../../../src/dataset/lines.ts";
import { locate } from "../../../src/dataset/locate.ts";

const texts = fc.array(fc.constantFrom("a", "{", "\n", "\r", "\r\n", "é")).map((pieces) => pieces.join(""));

describe("where a character of a record stands in the file", () => {
  it("is as many lines further as breaks stand before it, and as many characters as since the last of them", () => {
    fc.assert(fc.property(texts, fc.nat(5), fc.nat(5), fc.nat(), (text, line, start, some) => {
      const offset = some % (text.length + 1);
      const before = [...splitLines(`${text.slice(0, offset)}.`)].map((each) => each.text);
      const within = text[offset - 1] === "\r" && text[offset] === "\n";
      const last = (before.at(-1) ?? "").length - 1;
      const unit = { text, line, start, lines: [...splitLines(`${text}.`)].length };
      const expected = before.length === 1 ? { line, character: start + offset } : { line: line + before.length - 1, character: within ? 0 : last };
      assert.deepEqual(locate(unit, offset), expected);
    }));
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { columns, excerptOf, visible } from "../../../src/cli/excerpt.ts";
import { rangeOnLine } from "../../../src/dataset/text.ts";

describe("the excerpt of a line", () => {
  it("shows a short line whole, with carets under the range", () => {
    assert.deepEqual(excerptOf('{"a": tru}', rangeOnLine(0, 6, 9), 80), { text: '{"a": tru}', marks: "      ^^^" });
  });

  it("marks an empty range with one caret, behind the end of the line too", () => {
    assert.deepEqual(excerptOf("{", rangeOnLine(0, 1, 1), 80), { text: "{", marks: " ^" });
  });

  it("cuts a long line on both sides", () => {
    const { text, marks } = excerptOf("x".repeat(500), rangeOnLine(0, 200, 203), 102);
    assert.equal(text, `…${"x".repeat(100)}…`);
    assert.equal(marks, `${" ".repeat(41)}^^^`);
  });

  it("counts what a terminal shows: two columns for a wide character, none for an accent", () => {
    assert.equal(excerptOf("日本😀e\u0301!", rangeOnLine(0, 6, 7), 80).marks, `${" ".repeat(7)}^`);
  });

  it("fits into the terminal, whatever the line is written in", () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom("a", "日", "😀", "\u0301"), maxLength: 300 }), fc.nat(300), fc.nat(300), fc.integer({ min: 20, max: 200 }), (line, a, b, width) => {
      const [start, end] = [a, b].map((at) => Math.min(at, line.length)).sort((first, second) => first - second) as [number, number];
      const { text, marks } = excerptOf(line, rangeOnLine(0, start, end), width);
      assert.ok(columns(text) <= width, `${columns(text)} columns of ${width}`);
      assert.ok(marks.length <= width, `${marks.length} columns of ${width}`);
    }));
  });

  it("never lets a dataset steer the terminal, nor cuts a character in half", () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom("\u001b", "\u009b", "\r", "\u202e", "\t", "😀", "a") , maxLength: 300 }), fc.nat(300), (line, at) => {
      const start = Math.min(at, line.length);
      const { text, marks } = excerptOf(line, rangeOnLine(0, start, Math.min(start + 2, line.length)), 100);
      assert.doesNotMatch(text, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      assert.match(marks, /^ *\^+$/);
      if (line.codePointAt(start - 1) !== 0x1f600) assert.doesNotMatch(text, /\p{Surrogate}/u);
    }));
    assert.equal(visible("a\u001b[31m\tb"), "a␛[31m b");
  });
});

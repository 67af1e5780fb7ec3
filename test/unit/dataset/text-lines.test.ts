import assert from "node:assert/strict";
import fc from "fast-check";
import { splitLines } from "../../../src/dataset/lines.ts";
import type { Line } from "../../../src/dataset/source.ts";
import { createTextLines } from "../../../src/dataset/text-lines.ts";

/** Lines that remember which of them was there first. */
interface Numbered extends Line {
  readonly made: number;
}

function begin(text: string) {
  let made = 0;
  return createTextLines<Numbered>(text, (line, former) => ({ ...line, made: former?.made ?? made++ }));
}

const plain = (lines: readonly Line[]): readonly Line[] => lines.map(({ text, lineBreak }) => ({ text, lineBreak }));

describe("the lines of a text that is edited", () => {
  const piece = fc.array(fc.constantFrom("a", "b", "\n", "\r", "\r\n", "{}"), { maxLength: 8 }).map((parts) => parts.join(""));
  const edit = fc.record({ offset: fc.nat({ max: 40 }), length: fc.nat({ max: 6 }), text: piece });

  it("are after any edits those of the whole text, halves of line breaks included", () => {
    fc.assert(fc.property(fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join("")), fc.array(edit, { maxLength: 12 }), (first, edits) => {
      let text = first;
      const lines = begin(text);
      for (const { offset, length, text: inserted } of edits) {
        lines.replace(offset, length, inserted);
        text = text.slice(0, offset) + inserted + text.slice(offset + length);
        assert.equal(lines.text(), text);
        assert.deepEqual(plain(lines.all()), [...splitLines(text)]);
      }
    }), { numRuns: 3000 });
  });

  it("are the same after edits of a text of several thousand lines", () => {
    const first = Array.from({ length: 3000 }, (_, index) => `${index}${index % 7 === 0 ? "\r\n" : "\n"}`).join("");
    const longEdit = fc.record({ offset: fc.nat({ max: 17_000 }), length: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 9000 })), text: fc.tuple(piece, fc.nat({ max: 500 })).map(([each, times]) => each.repeat(times)) });
    fc.assert(fc.property(fc.array(longEdit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = first;
      const lines = begin(text);
      for (const { offset, length, text: inserted } of edits) {
        lines.replace(offset, length, inserted);
        text = text.slice(0, offset) + inserted + text.slice(offset + length);
      }
      assert.equal(JSON.stringify(plain(lines.all())), JSON.stringify([...splitLines(text)]));
    }), { numRuns: 40 });
  });

  it("stay the same objects where an edit does not change them", () => {
    const lines = begin("a\nb\nc\nd\n");
    const [a, b, c, d] = lines.all();
    lines.replace(3, 0, "\n");
    assert.deepEqual(lines.all().map(({ text }) => text), ["a", "b", "", "c", "d"]);
    assert.deepEqual(lines.all().filter((line) => [a, b, c, d].includes(line)), [a, b, c, d]);
    lines.replace(5, 1, "C");
    assert.deepEqual(lines.all().filter((line) => [a, b, c, d].includes(line)), [a, b, d]);
    lines.replace(0, 1, "A");
    assert.deepEqual(lines.all().slice(1, 2), [b]);
  });

  it("hand over what is kept to a line of the same text, as when only its break has changed", () => {
    const lines = begin("a\nb");
    const made = lines.all().map((line) => line.made);
    lines.replace(1, 1, "\r\n");
    lines.replace(4, 0, "\n");
    assert.deepEqual(lines.all().map((line) => line.made), made);
    assert.deepEqual(lines.all().map(({ lineBreak }) => lineBreak), ["\r\n", "\n"]);
  });
});

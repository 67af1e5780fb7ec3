import assert from "node:assert/strict";
import fc from "fast-check";
import { editedText, type EditedText } from "../../../src/dataset/edited-text.ts";
import { applyEdits, comparePositions, lineStarts, rangeOnLine, type Edit, type Position } from "../../../src/dataset/text.ts";

const text = fc.array(fc.constantFrom("a", "b", "\n", "\r\n", "\r", "😀"), { maxLength: 20 }).map((parts) => parts.join(""));

/** Rounds of cuts: each takes some stretches of the text, given as shares of its length, and puts others there. */
const rounds = fc.array(fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat({ max: 4 }), text: fc.constantFrom("", "x", "\n", "yz") }), { maxLength: 3 }), { maxLength: 4 });

describe("a text that is edited in rounds", () => {
  it("is made of the first text by its edits in one step, which stand in the order of the text and do not touch one another", () => {
    fc.assert(fc.property(text, rounds, (first, given) => {
      let edited: EditedText = editedText(first);
      let plain = first;
      for (const round of given) {
        const edits = toEdits(plain, round);
        edited = edited.edit(edits);
        plain = applyEdits(plain, edits);
      }
      assert.equal(edited.text, plain);
      const edits = edited.edits();
      assert.equal(applyEdits(first, edits), plain);
      for (const [index, { range }] of edits.entries()) assert.ok(index === 0 || comparePositions(edits[index - 1]?.range.end ?? range.start, range.start) < 0);
    }), { numRuns: 3000 });
  });

  it("has no edits when nobody edited it", () => {
    assert.deepEqual(editedText("a\nb").edits(), []);
    assert.deepEqual(editedText("").edit([]).edits(), []);
  });

  it("joins what two rounds did at one place", () => {
    const edited = editedText("one\ntwo").edit([{ range: rangeOnLine(1, 0, 3), text: "2" }]).edit([{ range: rangeOnLine(1, 1, 1), text: "nd" }]);
    assert.deepEqual(edited.edits(), [{ range: rangeOnLine(1, 0, 3), text: "2nd" }]);
  });

  it("refuses edits of another text", () => {
    assert.throws(() => editedText("a").edit([{ range: rangeOnLine(3, 0, 0), text: "" }]), /no position 4:1/);
    assert.throws(() => editedText("abc").edit([{ range: rangeOnLine(0, 0, 2), text: "" }, { range: rangeOnLine(0, 1, 3), text: "" }]), /overlap/);
  });
});

/** Edits of a text that do not overlap. */
function toEdits(current: string, round: readonly { at: number; length: number; text: string }[]): readonly Edit[] {
  const starts = lineStarts(current);
  const positionOf = (offset: number): Position => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line, character: offset - (starts[line] ?? 0) };
  };
  let behind = 0;
  return [...round].sort((a, b) => a.at - b.at).flatMap(({ at, length, text: replacement }) => {
    const start = Math.max(behind, Math.floor(at * current.length));
    const end = Math.min(current.length, start + length);
    if (start < behind || start > current.length) return [];
    behind = end + 1;
    return [{ range: { start: positionOf(start), end: positionOf(end) }, text: replacement }];
  });
}

import assert from "node:assert/strict";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { fixText, fixWith } from "../../../src/dataset/fix.ts";
import { createIncrementalLinter } from "../../../src/dataset/incremental-linter.ts";
import { sourceOf, splitLines } from "../../../src/dataset/lines.ts";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { mutatedDatasets } from "../../support/mutated-datasets.ts";

const facts = { encoding: "utf-8", byteOrderMark: false } as const;
const chat = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "Yes." }] });
const spread = (question: string): string => JSON.stringify(JSON.parse(chat(question)), undefined, 2);
const lines = (count: number, record = chat): string => Array.from({ length: count }, (_, index) => `${record(`Question ${index}`)}\n`).join("");

/** What tells records and lines apart, so that an edit with it joins, parts, opens and closes them. */
const typed = fc.oneof(
  fc.constantFrom("", "a", " ", "\n", "\r", "\r\n", "\n\n", "{", "}", "[", "]", "[{", ",", '"', '{"a":', "{\n", "\n}", "]\n"),
  fc.constantFrom(chat("a"), `${chat("b")}\n`, spread("c"), `\n[${chat("d")}]`),
);
const edit = fc.record({ at: fc.nat(), length: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 3 }) }, { weight: 1, arbitrary: fc.nat({ max: 400 }) }), text: typed, atBreak: fc.boolean() });
const edits = fc.array(edit, { minLength: 1, maxLength: 8 });

/** Where an edit is made: half of them beside a line break or at an end, where it changes more than one record. */
function offsetOf(text: string, { at, atBreak }: { readonly at: number; readonly atBreak: boolean }): number {
  const breaks = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index }) => [index, index + 1]).flat(), text.length];
  return atBreak ? breaks[at % breaks.length] ?? 0 : at % (text.length + 1);
}

describe("linting a text that is edited", () => {
  it("finds after each edit what linting the whole text finds, of all layouts and for every target", function () {
    this.timeout(60_000);
    fc.assert(fc.property(mutatedDatasets(), edits, ({ text: first, target }, all) => {
      let text = first;
      const linter = createIncrementalLinter(text, target);
      for (const each of [undefined, ...all]) {
        if (each) {
          const offset = offsetOf(text, each);
          linter.replace(offset, each.length, each.text);
          text = text.slice(0, offset) + each.text + text.slice(offset + each.length);
        }
        assert.equal(linter.text(), text);
        const { linted, ...incremental } = linter.lint(facts);
        const { linted: ofAll, ...whole } = lintOnce(sourceOf(text), target);
        assert.deepEqual(incremental, whole);
        assert.ok(linted <= ofAll);
        assert.equal(linter.lint(facts).linted, 0, "a text that has not changed is linted again");
      }
    }), { numRuns: 200 });
  });

  it("tells of a few lines what it finds in them and no more", function () {
    this.timeout(60_000);
    fc.assert(fc.property(mutatedDatasets(), fc.nat(), fc.nat({ max: 3 }), fc.boolean(), ({ text, target }, from, count, known) => {
      const linter = createIncrementalLinter(text, target);
      if (known) linter.lint(facts);
      const first = from % ([...splitLines(text)].length + 1);
      const expected = lintOnce(sourceOf(text), target).findings.filter(({ range }) => range.start.line <= first + count && range.end.line >= first);
      assert.deepEqual(linter.findingsOn(facts, first, first + count), expected);
    }), { numRuns: 200 });
  });

  it("repairs a fork as it repairs the text, and stays as it is", () => {
    fc.assert(fc.property(mutatedDatasets(), ({ text, target }) => {
      const linter = createIncrementalLinter(text, target);
      const found = linter.lint(facts);
      const fixed = fixWith(linter.fork());
      const expected = fixText(text, target);
      assert.deepEqual({ ...fixed, result: { ...fixed.result, linted: 0 } }, { ...expected, result: { ...expected.result, linted: 0 } });
      assert.equal(linter.text(), text);
      assert.deepEqual(linter.lint(facts).findings, found.findings);
    }), { numRuns: 200 });
  });

  it("keeps what slow rules found in records that have not changed, until they look again or lines move", () => {
    const text = readFileSync("test/fixtures/rules/suspicious-label/suspicious.jsonl", "utf8");
    const linter = createIncrementalLinter(text, openaiSft);
    const suspicious = (options?: { readonly slowAsBefore: boolean }): readonly number[] => linter.lint(facts, options).findings.filter(({ rule }) => rule === "suspicious-label").map(({ range }) => range.start.line);
    const whole = (): unknown => lintOnce(sourceOf(linter.text()), openaiSft).findings;
    const startOf = (line: number): number => linter.text().split("\n").slice(0, line).join("\n").length + 1;
    assert.deepEqual(suspicious({ slowAsBefore: true }), [9], "they look where they have not looked before");
    linter.replace(startOf(3), 0, " ");
    assert.deepEqual(suspicious({ slowAsBefore: true }), [9]);
    assert.deepEqual(linter.findingsOn(facts, 9, 9).map(({ rule }) => rule), ["suspicious-label"]);
    linter.replace(startOf(9), 0, " ");
    assert.deepEqual(suspicious({ slowAsBefore: true }), [], "a record that changes is judged anew");
    assert.deepEqual(suspicious(), [9]);
    assert.deepEqual(linter.lint(facts).findings, whole());
    linter.replace(0, 0, `${chat("Is this another?")}\n`);
    assert.deepEqual(linter.lint(facts, { slowAsBefore: true }).findings, whole(), "lines that they name have moved");
  });

  it("has slow rules look at the elements of an array each time", () => {
    const text = `[${readFileSync("test/fixtures/rules/suspicious-label/suspicious.jsonl", "utf8").trim().split("\n").join(",\n")}]`;
    const linter = createIncrementalLinter(text, openaiSft);
    const found = linter.lint(facts).findings;
    assert.deepEqual(found.filter(({ rule }) => rule === "suspicious-label").map(({ range }) => range.start.line), [9]);
    assert.deepEqual(linter.lint(facts, { slowAsBefore: true }).findings, found);
    assert.ok(linter.findingsOn(facts, 9, 9).some(({ rule }) => rule === "suspicious-label"));
  });

  describe("counts the records that are linted", () => {
    const count = (first: string, ...changes: readonly (readonly [offset: number, length: number, text: string])[]): number[] => {
      const linter = createIncrementalLinter(first, openaiSft);
      return [linter.lint(facts).linted, ...changes.map(([offset, length, text]) => {
        linter.replace(offset, length, text);
        return linter.lint(facts).linted;
      })];
    };
    const size = 3000;
    const text = lines(size);
    const middle = text.indexOf("Question 1500");

    it("one for each key that is typed in a record", () => {
      assert.deepEqual(count(text, [middle, 0, "x"], [middle, 0, "y"], [middle, 2, ""]), [size, 1, 1, 1]);
    });

    it("two where a line break parts a record, one where it is joined again", () => {
      assert.deepEqual(count(text, [middle, 0, "\n"], [middle, 1, ""]), [size, 2, 1]);
    });

    it("one where a line is put between or taken away, however many lines move", () => {
      assert.deepEqual(count(text, [0, 0, `${chat("new")}\n`], [0, chat("new").length + 1, ""], [0, 0, "\n"]), [size, 1, 0, 1]);
    });

    it("none where only line breaks change", () => {
      assert.deepEqual(count(text, [0, text.length, text.replaceAll("\n", "\r\n")]), [size, 0]);
    });

    it("one where a bracket before it makes elements of all records, or goes again", () => {
      assert.deepEqual(count(text, [0, 0, "["], [0, 1, ""]), [size, 1, 1]);
    });

    it("one where records stand on several lines each, or are the elements of an array", () => {
      const many = lines(300, spread);
      const array = `[\n${Array.from({ length: 300 }, (_, index) => spread(`Question ${index}`)).join(",\n")}\n]\n`;
      assert.deepEqual(count(many, [many.indexOf("Question 200"), 0, "x"]), [300, 1]);
      assert.deepEqual(count(array, [array.indexOf("Question 200"), 0, "x"]), [300, 1]);
    });
  });
});

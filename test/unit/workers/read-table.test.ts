import assert from "node:assert/strict";
import fc from "fast-check";
import { readTable } from "../../../src/workers/read-table.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("reading a table", () => {
  const scratch = scratchFolder();
  const read = (name: string, content: string | Uint8Array) => {
    const { rows, faults, header } = readTable(scratch.file(name, content));
    return { rows: rows.map(({ line, row }) => ({ line, ...Object.fromEntries(row) })), faults, header };
  };

  const cell = fc.array(fc.constantFrom("a", ",", '"', "\n", "\r\n", "\r", "é", "😀", "\t", " "), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
  const lineBreak = fc.constantFrom("\n", "\r\n", "\r");

  it("gives every cell as it was written, and the line on which its row begins", () => {
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell, lineBreak, fc.nat({ max: 2 })), { maxLength: 6 }), lineBreak, fc.constantFrom("csv", "tsv"), fc.boolean(), (cells, headerBreak, kind, marked) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      let text = `${marked ? "\uFEFF" : ""}one${kind === "csv" ? "," : "\t"}two${headerBreak}`;
      const linesOf = (written: string): number => written.split(/\r\n|\n|\r/).length;
      const rows = cells.map(([one, two, end, blank]) => {
        const line = linesOf(text);
        text += `${quoted(one)}${kind === "csv" ? "," : "\t"}${quoted(two)}${end}${end.repeat(blank)}`;
        return { line, one, two };
      });
      const table = read(`table.${kind}`, text);
      assert.deepEqual(table.faults, []);
      assert.deepEqual(table.rows, rows);
    }), { numRuns: 500 });
  });

  it("reads UTF-16, as spreadsheets write it", () => {
    assert.deepEqual(read("wide.csv", Buffer.from("\uFEFFa,b\r\né,2\r\n", "utf16le")).rows, [{ line: 2, a: "é", b: "2" }]);
  });

  it("refuses rows with too few or too many cells, and goes on to the next", () => {
    assert.deepEqual(read("ragged.csv", "a,b\n\n1\n\"2\n2\",2\n3,3,3\n").faults, [
      { line: 3, reason: "it has 1 cell; the header names 2 columns" },
      { line: 6, reason: "it has 3 cells; the header names 2 columns" },
    ]);
  });

  it("refuses a header that names a column twice, an empty file, and bytes that are no UTF-8", () => {
    assert.deepEqual(read("twice.csv", "\na,b, a\n1,2,3\n").faults, [{ line: 2, reason: 'the column "a" stands twice in the header' }]);
    assert.match(read("empty.csv", "").faults[0]?.reason ?? "", /the file is empty/);
    assert.deepEqual(read("latin.csv", Buffer.from("a,b\n1,2\ncaf\u00e9,3\n", "latin1")).faults.map(({ line }) => line), [3]);
  });

  it("refuses broken quotation at the row where it begins", () => {
    assert.deepEqual(read("open.csv", 'a,b\n"x\ny",2\n"3,4\n5,6\n').faults, [{ line: 4, reason: "a quotation mark opens in this row and is never closed" }]);
    assert.match(read("behind.csv", 'a,b\n1,2\n"x"y,2\n').faults[0]?.reason ?? "", /behind a closing quotation mark/);
    assert.deepEqual(read("inside.csv", 'a,b\n1,x"y\n').faults.map(({ line }) => line), [2]);
  });

  it("takes quotation marks inside the cells of tab-separated values as they are", () => {
    assert.deepEqual(read("marks.tsv", 'a\tb\nsay "hi"\t5"\n').rows, [{ line: 2, a: 'say "hi"', b: '5"' }]);
  });

  it("keeps numbers of JSON as they are written, and tells what is no text", () => {
    assert.deepEqual(read("rows.jsonl", '{"a": 12345678901234567890, "b": 1.0}\n\n{"a": true, "b": null}\n').rows, [
      { line: 1, a: "12345678901234567890", b: "1.0" },
      { line: 3, a: "true", b: { holds: "null" } },
    ]);
  });

  it("refuses lines that are no flat objects, each with its reason", () => {
    assert.deepEqual(read("odd.jsonl", '[1]\n{"a": 1, "a": 2}\n{"a": }\n').faults, [
      { line: 1, reason: "it is no JSON object" },
      { line: 2, reason: 'the key "a" stands twice' },
      { line: 3, reason: "it is not valid JSON: column 7: A value is missing before }." },
    ]);
  });

  it("gives the lines of the entries of a JSON array", () => {
    assert.deepEqual(read("list.json", '[\n  {"a": "1"},\n  {\n    "a": "2"\n  }, {"a": "3"}]').rows, [{ line: 2, a: "1" }, { line: 3, a: "2" }, { line: 5, a: "3" }]);
    assert.deepEqual(read("mixed.json", '[{"a": "1"},\n2]').faults, [{ line: 2, reason: "it is no JSON object" }]);
    assert.deepEqual(read("broken.json", '[{"a": "1"},\n{"a": "2"}\n').faults.map(({ line }) => line), [2]);
    assert.match(read("object.json", '{"a": "1"}').faults[0]?.reason ?? "", /holds no JSON array/);
  });
});

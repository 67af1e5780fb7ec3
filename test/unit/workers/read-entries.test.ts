import assert from "node:assert/strict";
import fc from "fast-check";
import { readEntries } from "../../../src/workers/read-entries.ts";
import type { Entry } from "../../../src/workers/entry.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("reading the records of a file", () => {
  const scratch = scratchFolder();
  const read = async (name: string, content: string | Uint8Array) => {
    const entries: Entry[] = [];
    for await (const batch of readEntries(scratch.file(name, content))) entries.push(...batch);
    return {
      rows: entries.flatMap((entry) => ("text" in entry ? [{ line: entry.line, ...(JSON.parse(entry.text) as Record<string, unknown>) }] : [])),
      texts: entries.flatMap((entry) => ("text" in entry ? [entry.text] : [])),
      faults: entries.filter((entry) => "fault" in entry),
      headers: entries.filter((entry) => "columns" in entry),
    };
  };

  const cell = fc.array(fc.constantFrom("a", ",", '"', "\n", "\r\n", "\r", "é", "😀", "\t", " "), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
  const lineBreak = fc.constantFrom("\n", "\r\n", "\r");

  it("gives every cell as it was written, and the line on which its row begins", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell, lineBreak, fc.nat({ max: 2 })), { maxLength: 6 }), lineBreak, fc.constantFrom("csv", "tsv"), fc.boolean(), async (cells, headerBreak, kind, marked) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      let text = `${marked ? "\uFEFF" : ""}one${kind === "csv" ? "," : "\t"}two${headerBreak}`;
      const linesOf = (written: string): number => written.split(/\r\n|\n|\r/).length;
      const rows = cells.map(([one, two, end, blank]) => {
        const line = linesOf(text);
        text += `${quoted(one)}${kind === "csv" ? "," : "\t"}${quoted(two)}${end}${end.repeat(blank)}`;
        return { line, one, two };
      });
      const table = await read(`table.${kind}`, text);
      assert.deepEqual(table.faults, []);
      assert.deepEqual(table.rows, rows);
    }), { numRuns: 500 });
  });

  it("reads UTF-16, as spreadsheets write it", async () => {
    assert.deepEqual((await read("wide.csv", Buffer.from("\uFEFFa,b\r\né,2\r\n", "utf16le"))).rows, [{ line: 2, a: "é", b: "2" }]);
  });

  it("refuses rows with too few or too many cells, and goes on to the next", async () => {
    assert.deepEqual((await read("ragged.csv", "a,b\n\n1\n\"2\n2\",2\n3,3,3\n")).faults, [
      { line: 3, fault: "it has 1 cell; the header names 2 columns" },
      { line: 6, fault: "it has 3 cells; the header names 2 columns" },
    ]);
  });

  it("refuses a header that names a column twice, an empty file, and bytes that are no UTF-8", async () => {
    assert.deepEqual((await read("twice.csv", "\na,b, a\n1,2,3\n")).faults, [{ line: 2, fault: 'the column "a" stands twice in the header' }]);
    assert.match((await read("empty.csv", "")).faults[0]?.fault ?? "", /the file is empty/);
    assert.deepEqual((await read("latin.csv", Buffer.from("a,b\n1,2\ncaf\u00e9,3\n", "latin1"))).faults.map(({ line }) => line), [3]);
  });

  it("refuses broken quotation at the row where it begins", async () => {
    assert.deepEqual((await read("open.csv", 'a,b\n"x\ny",2\n"3,4\n5,6\n')).faults, [{ line: 4, fault: "a quotation mark opens in this row and is never closed" }]);
    assert.match((await read("behind.csv", 'a,b\n1,2\n"x"y,2\n')).faults[0]?.fault ?? "", /behind a closing quotation mark/);
    assert.deepEqual((await read("inside.csv", 'a,b\n1,x"y\n')).faults.map(({ line }) => line), [2]);
  });

  it("takes quotation marks inside the cells of tab-separated values as they are", async () => {
    assert.deepEqual((await read("marks.tsv", 'a\tb\nsay "hi"\t5"\n')).rows, [{ line: 2, a: 'say "hi"', b: '5"' }]);
  });

  it("names the columns before the rows, which keep the columns' order", async () => {
    const { headers, texts } = await read("numbers.csv", "b,1,a\nx,y,z\n");
    assert.deepEqual(headers, [{ line: 1, columns: ["b", "1", "a"] }]);
    assert.deepEqual(texts, ['{"b":"x","1":"y","a":"z"}']);
  });

  it("reads a table of megabytes some rows at a time", async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `${index},"${"x".repeat(40)}\n"`);
    let batches = 0;
    let last: Entry | undefined;
    for await (const batch of readEntries(scratch.file("long.csv", `n,t\n${rows.join("\n")}\n`))) {
      batches++;
      last = batch.at(-1) ?? last;
    }
    assert.ok(batches > 10);
    assert.deepEqual(last, { line: 2 + 2 * 59_999, text: JSON.stringify({ n: "59999", t: `${"x".repeat(40)}\n` }) });
  });

  it("gives the lines of JSON Lines as they are, whatever the file is called", async () => {
    for (const name of ["rows.jsonl", "rows.json", "rows.txt"]) {
      assert.deepEqual((await read(name, '\n{"a": 12345678901234567890, "b": 1.0}\n\n{"a": []}\n')).texts, ['{"a": 12345678901234567890, "b": 1.0}', '{"a": []}']);
    }
  });

  it("tells separated values and JSON apart by the first line, where the name does not", async () => {
    assert.deepEqual((await read("input", "a,b\n1,2\n")).rows, [{ line: 2, a: "1", b: "2" }]);
    assert.deepEqual((await read("input.txt", "\na\tb\n1\t2\n")).rows, [{ line: 3, a: "1", b: "2" }]);
    assert.deepEqual((await read("input", '\n{"a": 1}\n')).rows, [{ line: 2, a: 1 }]);
    assert.deepEqual((await read("input", "")).texts, []);
  });

  it("gives the elements of a JSON array as they are written, and the lines on which they begin", async () => {
    const { texts, rows } = await read("list.json", '[\n  {"a": 1.0},\n  {\n    "a": 12345678901234567890\n  }, {"a": "3"}]');
    assert.deepEqual(texts, ['{"a": 1.0}', '{\n    "a": 12345678901234567890\n  }', '{"a": "3"}']);
    assert.deepEqual(rows.map(({ line }) => line), [2, 3, 5]);
    assert.deepEqual((await read("one-line.jsonl", '[{"a": "1"}, {"a": "2"}]')).texts, ['{"a": "1"}', '{"a": "2"}']);
    assert.deepEqual((await read("broken.json", '[{"a": "1"},\n{"a": "2"}\n')).faults, [{ line: 2, fault: "the array of records is not closed behind the last of them" }]);
  });

  it("gives records that stand on several lines", async () => {
    assert.deepEqual((await read("pretty.json", '{\n "a": 1\n}\n{"a": 2}\n')).rows, [{ line: 1, a: 1 }, { line: 4, a: 2 }]);
  });
});

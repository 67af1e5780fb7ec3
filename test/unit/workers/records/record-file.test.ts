import assert from "node:assert/strict";
import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { splitLines } from "../../../../src/dataset/lines.ts";
import { createLineIndex, mostBytes } from "../../../../src/workers/records/line-index.ts";
import { createLineStarts } from "../../../../src/workers/records/line-starts.ts";
import { openRecordFile, type IndexProgress } from "../../../../src/workers/records/record-file.ts";
import { scratchFolder } from "../../../support/scratch.ts";

const encode = (text: string, encoding: "utf-8" | "utf-16le" | "utf-16be"): Buffer => (encoding === "utf-8" ? Buffer.from(text) : encoding === "utf-16le" ? Buffer.from(text, "utf16le") : Buffer.from(text, "utf16le").swap16());
const encoding = fc.constantFrom("utf-8", "utf-16le", "utf-16be");
const text = fc.string({ unit: fc.constantFrom("a", "é", "ਊ", "😀", "\n", "\r", "\r\n", "\u2028"), maxLength: 40 });

describe("the beginnings of lines", () => {
  it("are those of the text's lines, wherever the slices end", () => {
    fc.assert(fc.property(text, encoding, fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1 }), (content, name, sizes) => {
      const bytes = encode(content, name);
      const starts = [0];
      const find = createLineStarts(name);
      for (let offset = 0, turn = 0; offset < bytes.length; turn++) {
        const size = (sizes[turn % sizes.length] ?? 1) * 2;
        find(bytes.subarray(offset, offset + size), offset, (start) => void (start < bytes.length && starts.push(start)));
        offset += size;
      }
      let offset = 0;
      const expected = Array.from(splitLines(content), (line) => {
        const start = offset;
        offset += encode(line.text + line.lineBreak, name).length;
        return start;
      });
      assert.deepEqual(bytes.length === 0 ? [] : starts, expected);
    }), { numRuns: 500 });
  });
});

describe("the index of lines", () => {
  it("finds for every line a landmark that a short read reaches it from", () => {
    fc.assert(fc.property(fc.array(fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 300 }) }, fc.integer({ min: 1, max: 3 * mostBytes })), { minLength: 1, maxLength: 500 }), (lengths) => {
      const index = createLineIndex();
      const starts: number[] = [];
      let offset = 0;
      for (const length of lengths) {
        starts.push(offset);
        index.add(offset);
        offset += length;
      }
      assert.equal(index.lines, lengths.length);
      starts.forEach((start, line) => {
        const { at, next } = index.find(line);
        assert.equal(at.offset, starts[at.line]);
        assert.ok(at.line <= line && line - at.line < 64 && (at.line === line || start - at.offset < mostBytes));
        if (next) assert.ok(next.line > line && next.offset === starts[next.line]);
      });
    }), { numRuns: 50 });
  });

  it("holds millions of lines, and refuses lines that are not there", () => {
    const index = createLineIndex();
    for (let line = 0; line < 2_000_000; line++) index.add(line * 100);
    assert.deepEqual(index.find(1_999_999).at, { line: 1_999_936, offset: 199_993_600 });
    assert.throws(() => index.find(2_000_000), /There is no line 2000001/);
    assert.throws(() => index.find(-1), RangeError);
  });
});

describe("a file of records", () => {
  const scratch = scratchFolder();
  const openIndexed = async (path: string) => {
    const file = openRecordFile(path);
    const progress: IndexProgress[] = [];
    await file.index((each) => progress.push(each));
    return { file, last: progress.at(-1), progress };
  };

  it("gives every line as it is in the text, in any order", async () => {
    await fc.assert(fc.asyncProperty(text, encoding, fc.boolean(), async (content, name, marked) => {
      // Without a mark, UTF-16 is known by the shape of JSON's beginning.
      const whole = name === "utf-8" ? content : `{}${content}`;
      const path = scratch.file("any.jsonl", encode((marked ? "\uFEFF" : "") + whole, name));
      const { file, last } = await openIndexed(path);
      const lines = [...splitLines(whole)];
      assert.equal(last?.lines, lines.length);
      for (const line of [...lines.keys()].reverse()) assert.equal(file.read(file.extent(line), 1 << 20), lines[line]?.text);
    }), { numRuns: 200 });
  });

  it("reads across landmarks and slices of a file of some megabytes", async () => {
    const rows = Array.from({ length: 30_000 }, (_, line) => `${line} ${"é".repeat(line % 1000 === 999 ? 200_000 : line % 90)}`);
    const { file, last, progress } = await openIndexed(scratch.file("some.jsonl", rows.join("\n")));
    assert.ok(progress.length > 2 && progress.slice(0, -1).every(({ complete }) => !complete));
    assert.deepEqual([last?.lines, last?.complete], [30_000, true]);
    for (let line = 0; line < rows.length; line += 37) assert.equal(file.read(file.extent(line), 1 << 20), rows[line]);
    for (const line of [998, 999, 1000, 29_999]) assert.equal(file.read(file.extent(line), 1 << 20), rows[line]);
  });

  it("reads the beginning of a long line, and no half of a character", async () => {
    const { file } = await openIndexed(scratch.file("long.jsonl", `${"é".repeat(1000)}\n`));
    assert.equal(file.read(file.extent(0), 7), "ééé");
    assert.deepEqual(file.extent(0), { start: 0, end: 2001 });
  });

  it("says that the file changed or is gone, and reads nothing wrong", async () => {
    const path = scratch.file("changing.jsonl", "a\nb\n");
    const { file } = await openIndexed(path);
    appendFileSync(path, "c\n");
    assert.throws(() => file.extent(0) && file.read({ start: 0, end: 2 }, 10), /Cannot read .*changing\.jsonl: it was changed since it was opened; load it again\./);
    rmSync(path);
    assert.throws(() => file.read({ start: 0, end: 2 }, 10), /there is no such file/);
    writeFileSync(path, "");
    const { last } = await openIndexed(path);
    assert.deepEqual(last, { lines: 0, bytes: 0, byteLength: 0, complete: true });
  });

  it("says in words why a file cannot be opened", () => {
    assert.throws(() => openRecordFile(scratch.path("no.jsonl")), /there is no such file/);
    assert.throws(() => openRecordFile(scratch.path("")), /it is a directory/);
  });
});

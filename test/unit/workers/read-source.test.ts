import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { splitLines } from "../../../src/dataset/lines.ts";
import { openSource } from "../../../src/workers/read-source.ts";

describe("reading a dataset from disk", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "tunesmith-source-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function read(bytes: Uint8Array, sliceBytes: number) {
    const path = join(folder, "data.jsonl");
    writeFileSync(path, bytes);
    const source = openSource(path, sliceBytes);
    try {
      return { ...source, lines: [...source.lines] };
    } finally {
      source.close();
    }
  }

  const text = fc.array(fc.oneof(fc.constantFrom("\n", "\r", "\r\n", "a", "é", "😀", "\u2028", "\uFFFD", '"'), fc.string({ unit: "binary" })), { maxLength: 20 }).map((parts) => parts.join(""));
  const slice = fc.integer({ min: 1, max: 7 });

  it("gives the lines of the decoded text, whatever the slices", () => {
    fc.assert(fc.property(text, slice, (content, sliceBytes) => {
      const bytes = Buffer.from(`xy${content}`);
      assert.deepEqual(read(bytes, sliceBytes).lines.map(({ text: line, lineBreak }) => ({ text: line, lineBreak })), [...splitLines(bytes.toString("utf8"))]);
    }), { numRuns: 600 });
  });

  it("gives UTF-16 as the text that was written, with and without a mark, in both byte orders", () => {
    fc.assert(fc.property(text, slice, fc.boolean(), fc.boolean(), (content, sliceBytes, marked, bigEndian) => {
      const written = `{}${content.replaceAll("\uFEFF", "")}`;
      const bytes = Buffer.from((marked ? "\uFEFF" : "") + written, "utf16le");
      const { lines, encoding, byteOrderMark } = read(bigEndian ? bytes.swap16() : bytes, sliceBytes);
      assert.deepEqual([encoding, byteOrderMark], [bigEndian ? "utf-16be" : "utf-16le", marked]);
      assert.deepEqual(lines.map(({ text: line, lineBreak }) => line + lineBreak).join(""), written);
    }), { numRuns: 400 });
  });

  it("keeps every byte of UTF-8 files, and finds each place that is no UTF-8", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 4 }), text.map((each) => Buffer.from(each))), { maxLength: 8 }), slice, (pieces, sliceBytes) => {
      const bytes = Buffer.concat([Buffer.from("{ "), ...pieces]);
      const { lines } = read(bytes, sliceBytes);
      assert.deepEqual(Buffer.concat(lines.map((line) => line.bytes)), bytes);
      for (const line of lines) {
        const replaced = [...line.text.matchAll(/\uFFFD/g)].map(({ index }) => index);
        const written = line.bytes.toString("latin1").split("\u00ef\u00bf\u00bd").length - 1;
        assert.equal((line.malformed ?? []).length, replaced.length - written);
        for (const character of line.malformed ?? []) assert.ok(replaced.includes(character));
      }
    }), { numRuns: 2000 });
  });

  it("ends nothing with an empty line, and gives no line for an empty file", () => {
    assert.deepEqual(read(Buffer.from(""), 4).lines, []);
    assert.equal(read(Buffer.from("a\r"), 2).lines.length, 1);
    assert.equal(read(Buffer.from("a\r\n"), 2).lines.length, 1);
  });

  it("tells UTF-16 without a mark from UTF-8 with a NUL in it", () => {
    assert.equal(read(Buffer.from('{"a": "中文"}', "utf16le"), 3).encoding, "utf-16le");
    assert.deepEqual(read(Buffer.from("{\0\"a\": 1}"), 3).lines.map(({ text: line }) => line), ["{\0\"a\": 1}"]);
    assert.equal(read(Buffer.from([0, 0, 0, 0]), 3).encoding, "utf-8");
    assert.equal(read(Buffer.from("a\0b"), 3).encoding, "utf-8");
  });

  it("says of UTF-32 what it is, with and without a mark, in both byte orders, and does not take it for UTF-16", () => {
    const units = Array.from('{"a": "中"}', (character) => character.codePointAt(0) ?? 0);
    for (const characters of [units, [0xfeff, ...units]]) {
      const bytes = Buffer.alloc(4 * characters.length);
      for (const write of ["writeUInt32LE", "writeUInt32BE"] as const) {
        for (const [index, character] of characters.entries()) bytes[write](character, 4 * index);
        assert.throws(() => read(bytes, 1024), /^FileError: Cannot read .*data\.jsonl: it is written in UTF-32, which no provider reads; save it as UTF-8/);
      }
    }
    assert.equal(read(Buffer.from("\uFEFF{}\n", "utf16le"), 1024).encoding, "utf-16le");
  });

  it("finds each unit of UTF-16 that is half a character, and half a unit at the end", () => {
    const unit = fc.constantFrom("a", "\n", "\r", "😀", "\uD83D", "\uDE00", "\uFFFD");
    fc.assert(fc.property(fc.array(unit, { maxLength: 12 }), slice, fc.boolean(), fc.boolean(), (units, sliceBytes, bigEndian, cut) => {
      const content = units.join("");
      const bytes = Buffer.from(`\uFEFF${content}`, "utf16le");
      const { lines } = read(Buffer.concat([bigEndian ? bytes.swap16() : bytes, Buffer.alloc(cut ? 1 : 0, 0x61)]), sliceBytes);
      const expected = [...splitLines(content + (cut ? "\uD800" : ""))];
      assert.deepEqual(lines.map(({ text: line, lineBreak }) => line + lineBreak), expected.map(({ text: line, lineBreak }) => line.replace(/\p{Surrogate}/gu, "\uFFFD") + lineBreak));
      assert.deepEqual(lines.map(({ malformed }) => malformed ?? []), expected.map(({ text: line }) => Array.from(line.matchAll(/\p{Surrogate}/gu), ({ index }) => index)));
    }), { numRuns: 500 });
  });
});

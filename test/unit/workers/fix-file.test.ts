import assert from "node:assert/strict";
import { linkSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import { fixText } from "../../../src/dataset/fix.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { fixFile } from "../../../src/workers/fix-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("fixing a file", () => {
  const scratch = scratchFolder();

  function fix(bytes: Uint8Array) {
    const path = scratch.file("before.jsonl", bytes);
    const out = scratch.path("after.jsonl");
    const fixed = fixFile(path, openaiSft, out);
    assert.deepEqual(readFileSync(path), Buffer.from(bytes), "the file itself has changed");
    return { ...fixed, bytes: readFileSync(out) };
  }

  const lineBreak = fc.constantFrom("\n", "\r\n", "\r");
  const line = fc.constantFrom(
    '{"messages": [{"role": "user", "content": "é😀"}, {"role": "assistant", "content": "b", "weight": 1.0}]}',
    '{"messages": [{"role": "User", "content": "a"}, {"role": "assistant", "content": "b"},]}',
    "{'messages': [{\"role\": \"Assistant\", \"content\": None}]},", '{"messages": [', '{"n": 12345678901234567890}', "", "  ", "True", "\uFFFD",
  );
  const text = fc.tuple(fc.array(fc.tuple(line, lineBreak), { maxLength: 8 }), fc.boolean())
    .map(([lines, ends]) => lines.map(([content, end], index) => content + (index === lines.length - 1 && !ends ? "" : end)).join(""));

  it("writes what fixing the text gives, and says the same of it", () => {
    fc.assert(fc.property(text, fc.boolean(), (content, marked) => {
      const fixed = fix(Buffer.from((marked ? "\uFEFF" : "") + content));
      const expected = fixText(content, openaiSft, { byteOrderMark: marked });
      assert.equal(fixed.bytes.toString("utf8"), expected.text);
      assert.deepEqual(fixed.result.findings, expected.result.findings);
    }), { numRuns: 200 });
  });

  it("counts what it repaired by rule", () => {
    const { fixed, repairs } = fix(Buffer.from('\uFEFF{"messages": [{"role": "User", "content": "a"}, {"role": "assistant", "content": "b"},]}\n\n'));
    assert.equal(fixed, 4);
    assert.deepEqual(Object.fromEntries(repairs), { "byte-order-mark": 1, "invalid-json": 1, "blank-line": 1, "unknown-role": 1 });
  });

  it("repairs a line around bytes that are no UTF-8, and keeps those bytes", () => {
    const foreign = fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte >= 0x80)));
    // What ends in a carriage return alone is written anew as a whole, where no such bytes stand.
    fc.assert(fc.property(foreign, foreign, lineBreak.filter((each) => each !== "\r"), (first, second, end) => {
      const record = (role: string, comma: string): Buffer => Buffer.concat([
        Buffer.from(`{"messages": [{"role": "${role}", "content": "a`), first, Buffer.from('"}, {"role": "assistant", "content": "'), second, Buffer.from(`b"}${comma}]}${end}`),
      ]);
      assert.deepEqual(fix(record("USER", ",")).bytes.toString("latin1"), record("user", "").toString("latin1"));
    }), { numRuns: 200 });
  });

  it("leaves alone what it could only repair by losing bytes, and still reports it", () => {
    const bytes = Buffer.concat([Buffer.from("{'caf"), Buffer.from([0xe9]), Buffer.from("': 1}")]);
    const { bytes: after, fixed, result } = fix(bytes);
    assert.deepEqual(after, bytes);
    assert.equal(fixed, 0);
    assert.ok(result.findings.some(({ rule }) => rule === "invalid-json"));
  });

  it("writes UTF-16 as UTF-8, and repairs its text", () => {
    const before = '{"messages": [{"role": "User", "content": "é😀"}, {"role": "assistant", "content": "b"}]}\r\n';
    for (const bigEndian of [false, true]) {
      const bytes = Buffer.from(`\uFEFF${before}`, "utf16le");
      assert.equal(fix(bigEndian ? bytes.swap16() : bytes).bytes.toString("utf8"), before.replace("User", "user"));
    }
  });

  it("leaves UTF-16 as it is when UTF-8 cannot hold it", () => {
    for (const bytes of [Buffer.from('\uFEFF{"a": "\uD800"}', "utf16le"), Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d])]) {
      const { bytes: after, fixed, result } = fix(bytes);
      assert.deepEqual(after, bytes);
      assert.equal(fixed, 0);
      assert.ok(result.findings.some(({ rule }) => rule === "not-utf-8"));
    }
  });

  it("refuses to write over the file that it reads, by whatever name, and leaves nothing behind", () => {
    const path = scratch.file("own.jsonl", "{},\n");
    linkSync(path, scratch.path("hard.jsonl"));
    if (process.platform !== "win32") symlinkSync(path, scratch.path("soft.jsonl"));
    const before = readdirSync(dirname(path));
    for (const name of before.filter((each) => /^(own|hard|soft)/.test(each))) assert.throws(() => fixFile(path, openaiSft, scratch.path(name)), /never changed in place/);
    assert.equal(readFileSync(path, "utf8"), "{},\n");
    assert.deepEqual(readdirSync(dirname(path)), before);
  });
});

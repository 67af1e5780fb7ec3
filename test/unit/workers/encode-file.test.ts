import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { encodeFile } from "../../../src/workers/encode-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("writing a file in another encoding", () => {
  const scratch = scratchFolder();
  const text = '{"a": "é😀"}\r\n\r\n{"b": 1}';

  it("takes the byte-order mark away or adds one, and leaves all other bytes, be they UTF-8 or not", () => {
    const odd = Buffer.concat([Buffer.from("{"), Buffer.from([0xff, 0xc3]), Buffer.from("}\r\n\n")]);
    const path = scratch.file("marked.jsonl", Buffer.concat([Buffer.from("\uFEFF"), odd]));
    encodeFile(path, "utf-8");
    assert.deepEqual(readFileSync(path), odd);
    encodeFile(path, "utf-8");
    assert.deepEqual(readFileSync(path), odd);
    encodeFile(path, "utf-8-marked");
    assert.deepEqual(readFileSync(path), Buffer.concat([Buffer.from("\uFEFF"), odd]));
    encodeFile(path, "utf-8-marked");
    assert.deepEqual(readFileSync(path), Buffer.concat([Buffer.from("\uFEFF"), odd]));
  });

  it("writes UTF-16 of either order as UTF-8", () => {
    for (const bytes of [Buffer.from(`\uFEFF${text}`, "utf16le"), Buffer.from(`\uFEFF${text}`, "utf16le").swap16()]) {
      const path = scratch.file("wide.jsonl", bytes);
      encodeFile(path, "utf-8");
      assert.equal(readFileSync(path, "utf8"), text);
    }
  });

  it("leaves a file as it is, and nothing beside it, when half a character would be lost or it cannot be read", () => {
    const bytes = Buffer.from("\uFEFF{}\n{\uD800}", "utf16le");
    const path = scratch.file("half.jsonl", bytes);
    assert.throws(() => encodeFile(path, "utf-8"), /Cannot read .*half\.jsonl: line 2 has half a character/);
    assert.deepEqual(readFileSync(path), bytes);
    assert.throws(() => encodeFile(scratch.path("gone.jsonl"), "utf-8"), /there is no such file/);
    assert.deepEqual(readdirSync(scratch.path("")).filter((name) => name.endsWith(".tmp")), []);
  });

  it("keeps the file's mode", () => {
    const path = scratch.file("mode.jsonl", "\uFEFF{}");
    const { mode } = statSync(path);
    encodeFile(path, "utf-8");
    assert.equal(statSync(path).mode, mode);
  });
});

import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { spool } from "../../../src/workers/spool.ts";
import { watchUnfinished, type UnfinishedFile } from "../../../src/workers/unfinished-files.ts";

describe("the copy of a stream", () => {
  it("holds its bytes, unpacked where they were packed, however they come in pieces", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), fc.integer({ min: 1, max: 50 }), async (bytes, packed, size) => {
      const sent = packed ? gzipSync(bytes) : Buffer.from(bytes);
      const pieces = Array.from({ length: Math.ceil(sent.length / size) }, (_, index) => sent.subarray(index * size, (index + 1) * size));
      const copy = await spool("-", Readable.from(pieces));
      assert.deepEqual([readFileSync(copy.path), copy.packed], [Buffer.from(bytes), packed]);
      copy.remove();
      assert.ok(!existsSync(dirname(copy.path)));
    }), { numRuns: 50, examples: [[new Uint8Array(), false, 1]] });
  });

  it("keeps the ending of its name, which tells a table's kind, and nothing that could leave its folder", async () => {
    for (const [name, expected] of [["rows.csv.gz", "rows.csv"], ["../../a b?.jsonl", "a_b_.jsonl"], ["-", "_"], [".gz", "input"]] as const) {
      const copy = await spool(name, Readable.from([Buffer.from("x")]));
      assert.equal(basename(copy.path), expected);
      copy.remove();
    }
  });

  it("is nobody else's to read", async function () {
    if (process.platform === "win32") return console.warn("      NOT SHOWN: Windows has no mode bits");
    const copy = await spool("-", Readable.from([Buffer.from("x")]));
    assert.equal(statSync(dirname(copy.path)).mode & 0o777, 0o700);
    copy.remove();
  });

  it("is told as unfinished until it is gone, and leaves nothing behind when reading fails", async () => {
    const told: UnfinishedFile[] = [];
    const stop = watchUnfinished((file) => told.push(file));
    async function* breaking(): AsyncGenerator<Buffer> {
      yield Buffer.from("half");
      throw Object.assign(new Error("it broke"), { code: "EIO" });
    }
    await assert.rejects(spool("data.jsonl", breaking()), /^FileError: Cannot read data\.jsonl: the disk reports a fault\.$/);
    stop();
    assert.deepEqual(told.map(({ exists }) => exists), [true, false]);
    assert.ok(told.every(({ path }) => path === told[0]?.path && !existsSync(path)));
  });
});

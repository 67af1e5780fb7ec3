import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { isPacked, unpack } from "../../../src/workers/unpack.ts";

describe("unpacking gzip", () => {
  const bounds = { most: 1000, ratio: 10, from: 100 };
  const unpacked = async (packed: Uint8Array, limits?: typeof bounds): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    for await (const piece of unpack("data.jsonl.gz", Readable.from([Buffer.from(packed)], { objectMode: false }), limits)) pieces.push(piece);
    return Buffer.concat(pieces);
  };

  it("gives what was packed, in several members too", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 3 }), async (members) => {
      const packed = Buffer.concat(members.map((bytes) => gzipSync(bytes)));
      assert.ok(isPacked(packed));
      assert.deepEqual(await unpacked(packed), Buffer.concat(members));
    }), { numRuns: 50 });
  });

  it("takes no text for packed", () => {
    for (const text of ["", "{", '{"messages": []}', "\uFEFF{", "text,category"]) assert.ok(!isPacked(Buffer.from(text)), text);
  });

  it("says that the data is cut, wherever it is, or damaged", async () => {
    const packed = gzipSync("x".repeat(50));
    for (let length = 2; length < packed.length; length++) await assert.rejects(unpacked(packed.subarray(0, length)), /^FileError: Cannot read data\.jsonl\.gz: it is cut/, `${length} bytes`);
    const damaged = Buffer.from(packed);
    damaged.writeUInt8(damaged.readUInt8(12) ^ 0xff, 12);
    await assert.rejects(unpacked(damaged), /its packed data is damaged; copy it again\.$/);
  });

  it("ends at its bounds, long before a bomb has unfolded", async () => {
    const bomb = gzipSync(Buffer.alloc(1 << 20));
    await assert.rejects(unpacked(bomb, { ...bounds, most: 1 << 30 }), /it unpacks to more than 10 times its size/);
    await assert.rejects(unpacked(bomb, { ...bounds, ratio: Infinity }), /it unpacks to more than .* GiB; unpack it yourself/);
    assert.equal((await unpacked(gzipSync("a".repeat(90)), { ...bounds, ratio: 1 })).length, 90, "small files may unfold as they like");
  });
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import fc from "fast-check";
import { writeBeside, writeDraft } from "../../../src/workers/write-beside.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("writing a file", () => {
  const scratch = scratchFolder();
  const names = (): string[] => readdirSync(scratch.path(""));

  it("writes the pieces whole, in their order", () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 10 }), (pieces) => {
      const path = scratch.path("whole");
      writeBeside(path, pieces);
      assert.deepEqual(readFileSync(path), Buffer.concat(pieces));
    }), { numRuns: 100 });
    const large = Array.from({ length: 40 }, (_, index) => Buffer.alloc(100_000, index));
    writeBeside(scratch.path("large"), large);
    assert.ok(readFileSync(scratch.path("large")).equals(Buffer.concat(large)));
  });

  it("takes a piece as it is at that moment, and holds nothing of it", () => {
    function* reusing(): Generator<Buffer> {
      const piece = Buffer.from("a");
      for (let letter = 0; letter < 26; letter++) {
        piece[0] = 0x61 + letter;
        yield piece;
      }
    }
    writeBeside(scratch.path("letters"), reusing());
    assert.equal(readFileSync(scratch.path("letters"), "utf8"), "abcdefghijklmnopqrstuvwxyz");
  });

  it("holds the old file until it is published", () => {
    const path = scratch.file("held", "old");
    const draft = writeDraft(path, [Buffer.from("new")]);
    assert.equal(readFileSync(path, "utf8"), "old");
    draft.publish();
    assert.equal(readFileSync(path, "utf8"), "new");
    writeDraft(path, [Buffer.from("newer")]).discard();
    assert.equal(readFileSync(path, "utf8"), "new");
    assert.deepEqual(names().filter((name) => name.endsWith(".tmp")), []);
  });

  it("leaves the old file and nothing else when writing fails half-way", () => {
    const path = scratch.file("kept", "old");
    function* breaking(): Generator<Buffer> {
      yield Buffer.alloc(3 << 20);
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    }
    const before = names();
    assert.throws(() => writeBeside(path, breaking()));
    assert.equal(readFileSync(path, "utf8"), "old");
    assert.deepEqual(names(), before);
  });

  it("says in words why a place cannot be written", () => {
    mkdirSync(scratch.path("folder"));
    assert.throws(() => writeBeside(scratch.path("folder"), []), /Cannot write .*folder: it is a directory/);
    assert.throws(() => writeBeside(scratch.path("no/such/file"), []), /its folder does not exist/);
    scratch.file("plain", "");
    assert.throws(() => writeBeside(scratch.path("plain/file"), []), /Cannot write .*plain.file: /);
  });

  if (process.platform !== "win32") {
    // A pipe stands for whatever is no regular file: a test that fails must not replace the machine's /dev/null.
    it("never replaces what is no regular file", () => {
      execFileSync("mkfifo", [scratch.path("pipe")]);
      assert.throws(() => writeBeside(scratch.path("pipe"), [Buffer.from("a")]), /it is no regular file/);
      assert.ok(statSync(scratch.path("pipe")).isFIFO());
    });

    it("follows a link, and keeps the file's mode", () => {
      const path = scratch.file("target", "old");
      chmodSync(path, 0o640);
      symlinkSync(path, scratch.path("link"));
      writeBeside(scratch.path("link"), [Buffer.from("new")]);
      assert.ok(lstatSync(scratch.path("link")).isSymbolicLink());
      assert.equal(readFileSync(path, "utf8"), "new");
      assert.equal(statSync(path).mode & 0o777, 0o640);
    });
  }
});

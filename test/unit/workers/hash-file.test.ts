import assert from "node:assert/strict";
import { hashFile } from "../../../src/workers/hash-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("the hash of a file", () => {
  const scratch = scratchFolder();

  it("is SHA-256 of its bytes (the examples of FIPS 180-4)", async () => {
    assert.equal(await hashFile(scratch.file("abc", "abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert.equal(await hashFile(scratch.file("empty", "")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert.equal(await hashFile(scratch.file("million", "a".repeat(1_000_000))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  });

  it("is refused for a file that is not there, and when it is cancelled", async () => {
    await assert.rejects(hashFile(scratch.path("gone")), { code: "ENOENT" });
    await assert.rejects(hashFile(scratch.path("million"), AbortSignal.abort()), { name: "AbortError" });
  });
});

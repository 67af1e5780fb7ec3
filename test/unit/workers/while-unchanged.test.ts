import assert from "node:assert/strict";
import { appendFileSync, renameSync, rmSync } from "node:fs";
import { whileUnchanged } from "../../../src/workers/while-unchanged.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("reading a file that others may write", () => {
  const scratch = scratchFolder();

  it("gives what was read when nobody did", () => {
    assert.equal(whileUnchanged(scratch.file("a.jsonl", "x"), () => 7), 7);
  });

  it("says that the file changed, was replaced or was removed meanwhile", () => {
    const path = scratch.file("a.jsonl", "x");
    assert.throws(() => whileUnchanged(path, () => appendFileSync(path, "y")), /^FileError: Cannot read .*a\.jsonl: it changed while it was read; run it again\.$/);
    assert.throws(() => whileUnchanged(path, () => renameSync(scratch.file("b.jsonl", "xy"), path)), /it changed while it was read/);
    assert.throws(() => whileUnchanged(path, () => rmSync(path)), /a\.jsonl: it was removed while it was read\./);
    assert.throws(() => whileUnchanged(path, () => assert.fail("it was read")), /there is no such file/);
  });

  it("lets an error of the reading itself stand", () => {
    const path = scratch.file("a.jsonl", "x");
    assert.throws(() => whileUnchanged(path, () => { throw new RangeError("odd"); }), RangeError);
  });
});

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, utimesSync } from "node:fs";
import { largestPackage, packFiles } from "../../../../../src/engine/executors/ray/package.ts";
import { scratchFolder } from "../../../../support/scratch.ts";

describe("the package that a cluster is sent", function () {
  this.timeout(120_000);
  const scratch = scratchFolder();
  const hashOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

  it("is the same for the same files, whatever their order and times, and another for others", async () => {
    const files = [{ name: "train.py", path: scratch.file("train.py", "print()\n") }, { name: "training.jsonl", path: scratch.file("a.jsonl", "{}\n") }];
    const first = await packFiles(files, scratch.path("first.zip"));
    utimesSync(scratch.path("train.py"), new Date(), new Date());
    const second = await packFiles([...files].reverse(), scratch.path("second.zip"));
    assert.match(first.name, /^_ray_pkg_[0-9a-f]{40}\.zip$/);
    assert.deepEqual([second.name, hashOf(second.path)], [first.name, hashOf(first.path)]);
    const other = await packFiles([{ name: "train.py", path: scratch.file("b.py", "print(1)\n") }], scratch.path("third.zip"));
    assert.notEqual(other.name, first.name);
  });

  it("is refused before it is sent when it is larger than a dashboard takes, and when a file is gone", async () => {
    const large = scratch.file("large.jsonl", randomBytes(largestPackage + 1));
    await assert.rejects(packFiles([{ name: "training.jsonl", path: large }], scratch.path("large.zip")), { code: "package_too_large", message: /package of 105 MB; a Ray dashboard takes at most 105 MB\. Train on fewer records, or on this machine\./ });
    await assert.rejects(packFiles([{ name: "training.jsonl", path: scratch.path("none") }], scratch.path("none.zip")), { code: "package_failed", message: /there is no such file/ });
  });
});

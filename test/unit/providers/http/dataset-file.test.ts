import assert from "node:assert/strict";
import fc from "fast-check";
import { toUploadName, whyUnreadable } from "../../../../src/providers/http/dataset-file.ts";

describe("the name that a file is uploaded under", () => {
  it("ends in .jsonl and has no folder, whatever it was", () => {
    fc.assert(fc.property(fc.string(), (name) => {
      const sent = toUploadName(name);
      assert.match(sent, /[^/\\]\.jsonl$/);
      assert.doesNotMatch(sent, /[\\/]/);
      assert.equal(toUploadName(sent), sent);
    }));
  });

  it("keeps the rest of the name", () => {
    assert.deepEqual(["train.jsonl", "train.JSONL", "train.ndjson", "C:\\data\\train.json", "train", "v1.2", ".jsonl"].map(toUploadName), ["train.jsonl", "train.jsonl", "train.jsonl", "train.jsonl", "train.jsonl", "v1.2.jsonl", "dataset.jsonl"]);
  });
});

describe("why a file cannot be read", () => {
  it("is said in words", () => {
    const why = (code: string) => whyUnreadable(Object.assign(new Error("raw"), { code }));
    assert.deepEqual(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "EIO"].map(why), ["there is no such file", "a part of its path is a file, not a directory", "you have no permission to read it", "you have no permission to read it", "raw"]);
  });
});

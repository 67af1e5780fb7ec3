import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordKey } from "../../../src/evaluation/test-set.ts";
import { findRecord } from "../../../src/workers/find-record.ts";

const line = (question: string, answer = "a"): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const key = (question: string, reference = "a"): string => recordKey({ prompt: [{ role: "user", content: question }], reference });

describe("a record of a test file", () => {
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-find-"));
    path = join(folder, "test.jsonl");
    await writeFile(path, [line("one"), "", "{", line("two").replaceAll(":", ": "), line("one"), line("three", "b")].join("\r\n"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("is found where it is expected, else nearest to that, however it is written", () => {
    assert.deepEqual(findRecord(path, key("one"), 0), { line: 0, text: line("one") });
    assert.equal(findRecord(path, key("one"), 4)?.line, 4);
    assert.equal(findRecord(path, key("one"), 3)?.line, 4);
    assert.equal(findRecord(path, key("one"), 1)?.line, 0);
    assert.equal(findRecord(path, key("two"), 99)?.line, 3);
  });

  it("is not found where question or reference are others now", () => {
    assert.equal(findRecord(path, key("three"), 5), undefined);
    assert.equal(findRecord(path, key("four"), 5), undefined);
  });
});

import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { correctionsPath, countMoved, noteMoved, readMoved, type MovedRecord } from "../../../src/evaluating/corrections-file.ts";
import { recordKey, type TestRecord } from "../../../src/evaluation/test-set.ts";

const record = (question: string): TestRecord => ({ line: 1, prompt: [{ role: "user", content: question }], reference: "r" });
const moved = (question: string, test = "test.jsonl"): MovedRecord => ({ at: "2026-03-04T10:11:12.000Z", test, into: "train.jsonl", report: "r.json", kind: "training", line: 3, key: recordKey(record(question)) });

describe("records that were moved to training", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tunesmith-moved-"));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it("are noted line by line, and a line that was cut or broken is passed over", async () => {
    assert.deepEqual(await readMoved(root), []);
    await noteMoved(root, moved("a"));
    await appendFile(correctionsPath(root), '{"at":');
    await noteMoved(root, moved("b"));
    assert.deepEqual(await readMoved(root), [moved("a"), moved("b")]);
  });

  it("are counted of their own test file, once each, and not where the move was undone", async () => {
    for (const each of [moved("a"), moved("a"), moved("b"), moved("c", "other.jsonl")]) await noteMoved(root, each);
    assert.equal(await countMoved(root, "test.jsonl", async () => ({ records: [record("z")] })), 2);
    assert.equal(await countMoved(root, "test.jsonl", async () => ({ records: [record("b")] })), 1);
    assert.equal(await countMoved(root, "third.jsonl", () => assert.fail("nothing has to be read")), 0);
  });
});

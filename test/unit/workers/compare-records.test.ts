import assert from "node:assert/strict";
import fc from "fast-check";
import { compareRecords } from "../../../src/workers/compare-records.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("comparing the records of two files", () => {
  const scratch = scratchFolder();

  it("counts what came and what went, in any order, blank lines left aside", async () => {
    const one = scratch.file("one.jsonl", "a\nb\n\nc\nc\n");
    const other = scratch.file("other.jsonl", "c\r\nd\r\na\r\n  \r\n");
    assert.deepEqual(await compareRecords(one, other), { added: 1, removed: 2 });
    assert.deepEqual(await compareRecords(one, one), { added: 0, removed: 0 });
  });

  it("is the other way round the other way round", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom("a", "b", "c", "d")), fc.array(fc.constantFrom("a", "b", "c", "d")), async (before, after) => {
      const [one, other] = [scratch.file("1.jsonl", before.join("\n")), scratch.file("2.jsonl", after.join("\n"))];
      const { added, removed } = await compareRecords(one, other);
      assert.deepEqual(await compareRecords(other, one), { added: removed, removed: added });
      assert.equal(after.length - before.length, added - removed);
    }), { numRuns: 50 });
  });
});

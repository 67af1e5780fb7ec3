import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { shapeFiles } from "../../../../src/workers/shape/shape-files.ts";
import { takeFrozenShare } from "../../../../src/workers/shape/frozen-share.ts";
import { scratchFolder } from "../../../support/scratch.ts";

const record = (index: number): string => `{"messages":[{"role":"user","content":"Question ${index} about something of its own ${"abcdefghij"[index % 10]}"},{"role":"assistant","content":"Answer ${index}"}]}\n`;

describe("the frozen share of a dataset", () => {
  const scratch = scratchFolder();
  const read = (path: string): string[] => readFileSync(path, "utf8").split("\n").filter((line) => line !== "");

  it("is the same records however the dataset grows; what has come since is learned from", async () => {
    const dataset = scratch.file("all.jsonl", Array.from({ length: 40 }, (_, index) => record(index)).join(""));
    const list = scratch.path("all.frozen");
    shapeFiles({ inputs: [dataset], outs: [scratch.path("t.jsonl"), scratch.path("v.jsonl")], isPreview: false, shape: { kind: "split", heldOut: [{ share: 0.25 }], seed: 1, strata: "none", similarity: 1, frozen: list } });
    const before = await takeFrozenShare(dataset, list, scratch.path("splits"));
    assert.deepEqual([read(before.test), read(before.training)], [read(scratch.path("v.jsonl")), read(scratch.path("t.jsonl"))]);
    writeFileSync(dataset, `${record(40)}${readFileSync(dataset, "utf8")}`);
    const after = await takeFrozenShare(dataset, list, scratch.path("splits"));
    assert.notEqual(after.test, before.test);
    assert.deepEqual([read(after.test), read(after.training).length], [read(before.test), read(before.training).length + 1]);
    assert.deepEqual(await takeFrozenShare(dataset, list, scratch.path("splits")), after, "what is there is taken as it is");
  });

  it("is refused without a list, and where the list is of another dataset", async () => {
    const dataset = scratch.file("other.jsonl", record(99));
    await assert.rejects(takeFrozenShare(dataset, scratch.path("none.frozen"), scratch.path("splits")), /none\.frozen: there is no such file/);
    await assert.rejects(takeFrozenShare(dataset, scratch.path("all.frozen"), scratch.path("splits")), /other\.jsonl: none of its records is on the list .*all\.frozen; is it the list of another dataset\?/);
  });
});

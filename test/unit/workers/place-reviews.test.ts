import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReviewEntry } from "../../../src/dataset/review/entry.ts";
import { recordKey, writtenHash } from "../../../src/dataset/review/record-key.ts";
import { placeReviews } from "../../../src/workers/review/place-reviews.ts";
import { addReview, reviewFolder } from "../../../src/workers/review/review-folder.ts";
import { shapeFiles } from "../../../src/workers/shape/shape-files.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("reviews of a dataset", () => {
  const scratch = scratchFolder();
  const record = (name: string): string => JSON.stringify({ prompt: `question ${name}`, completion: `answer ${name}` });
  let count = 0;
  const said = (by: string, line: number, text: string, more: Partial<ReviewEntry> = {}): ReviewEntry => {
    const { hash, prompt } = recordKey(text);
    return { id: String(count), at: `2026-01-01T00:00:0${count++}Z`, by, record: { hash: writtenHash(hash) ?? "", prompt: writtenHash(prompt) ?? "0".repeat(14), line }, ...more };
  };

  it("lie beside it, a file for each reviewer, and tell which records are approved, rejected, discussed, or were changed since", () => {
    const dataset = scratch.file("d.jsonl", ["a", "b", "c", "d"].map(record).join("\n"));
    addReview(dataset, said("Ann", 0, record("a"), { verdict: "approved" }));
    addReview(dataset, said("Bob / the 2nd", 0, record("a"), { text: "Why?" }));
    addReview(dataset, said("Ann", 1, record("b"), { verdict: "approved" }));
    addReview(dataset, said("Bob / the 2nd", 1, record("b"), { verdict: "rejected" }));
    addReview(dataset, said("Ann", 2, record("c"), { verdict: "rejected" }));
    addReview(dataset, said("Ann", 2, record("c"), { verdict: "approved" }));
    addReview(dataset, said("Ann", 3, record("gone").replace("question", "other"), { text: "?" }));
    assert.deepEqual(readdirSync(reviewFolder(dataset)), ["ann.review", "bob-the-2nd.review"]);
    const statuses = (): unknown[] => placeReviews(dataset).reviewed.map(({ line, status, entries }) => [line, status, entries.length]);
    assert.deepEqual(statuses(), [[0, "approved", 2], [1, "rejected", 2], [2, "approved", 2]]);
    assert.equal(placeReviews(dataset).gone.length, 1);

    shapeFiles({ inputs: [dataset], outs: [scratch.path("d.approved.jsonl")], isPreview: false, shape: { kind: "approved" } });
    assert.equal(readFileSync(scratch.path("d.approved.jsonl"), "utf8"), `${record("a")}\n${record("c")}\n`);

    writeFileSync(dataset, [record("new"), record("a").replace("answer", "better answer"), record("b")].join("\n"));
    assert.deepEqual(statuses(), [[1, "earlier", 2], [2, "rejected", 2]]);
    assert.throws(() => shapeFiles({ inputs: [dataset], outs: [scratch.path("none.jsonl")], isPreview: false, shape: { kind: "approved" } }), /none of its 3 records is approved as it is/);
  });

  it("forget what its reviewer has taken back, and nobody else may; what cannot be read is counted", () => {
    const dataset = scratch.file("w.jsonl", record("a"));
    const [one, other] = [said("Ann", 0, record("a"), { text: "one" }), said("Bob", 0, record("a"), { text: "other" })];
    for (const entry of [one, other, { id: "w1", at: "2026-01-02", by: "Ann", withdraws: one.id }, { id: "w2", at: "2026-01-02", by: "Ann", withdraws: other.id }]) addReview(dataset, entry);
    writeFileSync(join(reviewFolder(dataset), "cut.review"), '{"id":"x"\n<<<<<<< HEAD\n');
    const { reviewed, unreadable } = placeReviews(dataset);
    assert.deepEqual([reviewed[0]?.entries.map(({ text }) => text), unreadable], [["other"], 2]);
  });
});

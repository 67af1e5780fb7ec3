import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareJudge } from "../../../src/evaluating/judge-plan.ts";
import { keepReview, readReviews, reviewPath } from "../../../src/evaluating/review-file.ts";
import type { ReviewEntry } from "../../../src/evaluation/review/review-entry.ts";

describe("files of reviews", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-review-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("lie beside the report, one for each person, and a plan's judge takes their ratings", async () => {
    const report = join(folder, "r.json");
    const entry = (by: string): ReviewEntry => ({ at: "2026-03-04T10:11:12.000Z", by, line: 1, candidate: "tuned", rating: 4 });
    const pair: ReviewEntry = { at: "2026-03-04T10:11:12.000Z", by: "Ann Ø/B", line: 1, pair: ["base", "tuned"], first: "base", preferred: null };
    for (const each of [entry("Ann Ø/B"), pair, entry("ben")]) await keepReview(report, each);
    await keepReview(join(folder, "r-2.json"), entry("carl"));
    assert.deepEqual(await readdir(folder), ["r-2.review.carl.jsonl", "r.review.Ann-Ø-B.jsonl", "r.review.ben.jsonl"]);
    assert.deepEqual([...await readReviews(report)], [["Ann Ø/B", [entry("Ann Ø/B"), pair]], ["ben", [entry("ben")]]]);
    assert.deepEqual([...await readReviews(join(folder, "none.json"))], []);
    const judge = await prepareJudge({ service: "s", model: "m", rubric: "correctness", ratings: reviewPath(report, "Ann Ø/B") }, folder);
    assert.deepEqual(judge.ratings, [{ line: 1, candidate: "tuned", rating: 4 }]);
  });
});

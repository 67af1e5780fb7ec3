import assert from "node:assert/strict";
import { describeJob, span } from "../../../src/jobs/describe-job.ts";
import { toLogLine } from "../../../src/jobs/log-line.ts";
import { toSuffix } from "../../../src/jobs/suffix.ts";
import { jobOf, stepEvent } from "./job-of.ts";

describe("a job in a few words", () => {
  it("is how far it has come, while it runs", () => {
    assert.equal(describeJob(jobOf("1"), { step: 34, totalSteps: 60, trainLoss: 0.41234, estimatedFinish: 180_000 }, 0), "step 34 of 60, loss 0.412, 3 min left");
    assert.equal(describeJob(jobOf("1"), { step: 34 }, 0), "step 34");
  });

  it("is its state where nothing tells more, a state that is not known in the service's own word", () => {
    assert.equal(describeJob(jobOf("1"), undefined, 0), "running");
    assert.equal(describeJob(jobOf("1", { status: "queued", estimatedFinish: 60_000 }), undefined, 0), "queued, 60 s left");
    assert.equal(describeJob(jobOf("1", { status: "unknown", rawStatus: "hibernating" }), undefined, 0), "hibernating");
  });

  it("says nothing of an end that should have been", () => assert.equal(describeJob(jobOf("1", { estimatedFinish: 1000 }), undefined, 2000), "running"));

  it("is how it ended, why, and when", () => {
    assert.match(describeJob(jobOf("1", { status: "failed", finishedAt: 0, error: { message: "Line 3 has no messages." } }), undefined, 0), /^failed, Line 3 has no messages\., .*19(70|69)/);
    assert.equal(describeJob(jobOf("1", { status: "cancelled" }), undefined, 0), "cancelled");
  });
});

describe("a length of time", () => {
  it("is told in its largest unit that is not too coarse", () => {
    assert.deepEqual([-5, 0, 89_000, 90_000, 5_300_000, 5_400_000, 129_000_000, 130_000_000].map(span), ["0 s", "0 s", "89 s", "2 min", "88 min", "2 h", "36 h", "2 d"]);
  });
});

describe("an event as a line of a log", () => {
  it("has moment, level, message and what was measured besides", () => {
    assert.equal(toLogLine(stepEvent(1, { step: 1, total_steps: 2, train_loss: 0.123456 })), "1970-01-01T00:00:01Z [info] Step 1  train_loss=0.1235\n");
    assert.equal(toLogLine({ id: "1", createdAt: 0, level: "warn", message: "One.\nTwo." }), "1970-01-01T00:00:00Z [warning] One.\n    Two.\n");
  });
});

describe("a file's name as part of a model's id", () => {
  it("has letters, digits and hyphens only, and is not too long", () => {
    assert.deepEqual(["banking-train", "My Data (final)", "übung_1", "--", "x".repeat(99)].map(toSuffix), ["banking-train", "my-data-final", "bung-1", "", "x".repeat(40)]);
  });
});

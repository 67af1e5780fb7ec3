import assert from "node:assert/strict";
import { progressOf } from "../../../src/jobs/progress.ts";
import { stepEvent } from "./job-of.ts";

describe("the progress of a job", () => {
  it("is unknown before the first step", () => {
    assert.equal(progressOf([]), undefined);
    assert.equal(progressOf([{ id: "1", createdAt: 1, level: "info", message: "Created" }]), undefined);
  });

  it("is the last step, its loss, and the end by the pace so far", () => {
    const events = [stepEvent(10, { step: 1, total_steps: 11, train_loss: 3 }), stepEvent(20, { step: 6, total_steps: 11, train_loss: 1.5 })];
    assert.deepEqual(progressOf(events), { step: 6, totalSteps: 11, trainLoss: 1.5, estimatedFinish: 30_000 });
  });

  it("tells no end after a single step, or without a total", () => {
    assert.deepEqual(progressOf([stepEvent(10, { step: 1, total_steps: 11 })]), { step: 1, totalSteps: 11 });
    assert.deepEqual(progressOf([stepEvent(10, { step: 1 }), stepEvent(12, { step: 2 })]), { step: 2 });
  });

  it("keeps the loss of an earlier step when the last event has none", () => {
    assert.equal(progressOf([stepEvent(1, { step: 1, train_loss: 2 }), stepEvent(2, { step: 2, full_valid_loss: 1 })])?.trainLoss, 2);
  });

  it("takes the pace from where a training was taken up again", () => {
    const events = [stepEvent(0, { step: 1, total_steps: 10 }), stepEvent(1, { step: 5, total_steps: 10 }), stepEvent(100, { step: 1, total_steps: 10 }), stepEvent(110, { step: 2, total_steps: 10 })];
    assert.equal(progressOf(events)?.estimatedFinish, 190_000);
  });
});

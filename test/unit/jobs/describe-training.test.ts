import assert from "node:assert/strict";
import { factsOf, parametersOf, timelineOf } from "../../../src/jobs/describe-training.ts";
import { jobOf, stepEvent } from "./job-of.ts";

const valueOf = (facts: readonly { name: string; value: string }[], name: string): string | undefined => facts.find((fact) => fact.name === name)?.value;

describe("what is known of a training", () => {
  it("are facts, and what a service does not tell is left out", () => {
    const facts = factsOf(jobOf("a", { startedAt: 0, cost: { amount: 0.0042, currency: "USD" }, trainedTokens: 12_345, method: "dpo" }), { step: 3, totalSteps: 1200 }, 120_000);
    assert.deepEqual(["Method", "Expected cost", "Tokens trained on", "Steps", "Time", "Seed", "Tuned model"].map((name) => valueOf(facts, name)), ["preference fine-tuning (DPO)", "$0.0042", "12,345", "3 of 1,200", "2 min", undefined, undefined]);
  });

  it("says of a finished job what it cost and how long it took", () => {
    const facts = factsOf(jobOf("a", { status: "succeeded", createdAt: 0, startedAt: 60_000, finishedAt: 7_260_000, cost: { amount: 12.3456, currency: "USD" } }), undefined, 9e9);
    assert.deepEqual([valueOf(facts, "Cost"), valueOf(facts, "Time")], ["$12.35", "2 h"]);
    assert.equal(valueOf(factsOf(jobOf("a", { status: "failed" }), undefined, 9e9), "Time"), undefined);
  });

  it("are parameters under the service's own names", () => {
    assert.deepEqual(parametersOf(jobOf("a", { hyperparameters: { n_epochs: "auto", lora: true, batch_size: 4 } })), [{ name: "n_epochs", value: "auto" }, { name: "lora", value: "true" }, { name: "batch_size", value: "4" }]);
  });

  it("is a timeline without the steps, which are the curves, and with the expected end", () => {
    const said = { id: "1", createdAt: 5000, level: "warn", message: "Queue is long" } as const;
    const checkpoint = { id: "c", job: "a", createdAt: 9000, step: 1000, model: "m", metrics: {} };
    const moments = timelineOf(jobOf("a", { startedAt: 6000 }), [said, said, stepEvent(7, { step: 1, train_loss: 2 })], [checkpoint], { step: 1, estimatedFinish: 20_000 });
    assert.deepEqual(moments.map(({ at, text, level }) => [at, text, level]), [[1000, "Created", "info"], [5000, "Queue is long", "warn"], [6000, "Started", "info"], [9000, "Checkpoint at step 1,000", "info"], [20_000, "Expected to end", "info"]]);
    assert.equal(moments.at(-1)?.expected, true);
  });

  it("ends with why a job failed", () => {
    const moments = timelineOf(jobOf("a", { status: "failed", finishedAt: 9000, error: { message: "Line 12 is broken." } }), [], [], undefined);
    assert.deepEqual(moments.at(-1), { at: 9000, text: "Ended: Line 12 is broken.", level: "error" });
  });
});

import assert from "node:assert/strict";
import { toCheckpoint } from "../../../../src/providers/openai/to-checkpoint.ts";
import { toModel } from "../../../../src/providers/openai/to-model.ts";

const example = { object: "fine_tuning.job.checkpoint", id: "ftckpt_1", created_at: 1721764867, fine_tuned_model_checkpoint: "ft:gpt-4o-mini:acme::x:ckpt-step-2000", metrics: { full_valid_loss: 0.134, full_valid_mean_token_accuracy: 0.874, step: 2000, train_loss: "0.1" }, fine_tuning_job_id: "ftjob-1", step_number: 2000 };

describe("a checkpoint of a job", () => {
  it("is read with the numbers that it has", () => {
    assert.deepEqual(toCheckpoint("ftjob-1", example), { id: "ftckpt_1", job: "ftjob-1", createdAt: 1721764867000, step: 2000, model: "ft:gpt-4o-mini:acme::x:ckpt-step-2000", metrics: { full_valid_loss: 0.134, full_valid_mean_token_accuracy: 0.874, step: 2000 } });
  });

  it("takes the step from where it stands, and needs no metrics", () => {
    assert.equal(toCheckpoint("j", { ...example, step_number: null })?.step, 2000);
    assert.deepEqual(toCheckpoint("j", { ...example, metrics: null })?.metrics, {});
  });

  it("is none without a model to talk to", () => assert.deepEqual([null, {}, { ...example, fine_tuned_model_checkpoint: null }].map((each) => toCheckpoint("j", each)), [undefined, undefined, undefined]));
});

describe("a model of a service", () => {
  it("is a base model unless its name says that it was tuned", () => {
    assert.deepEqual([{ id: "gpt-4o-mini", owned_by: "acme" }, { id: "ft:gpt-4o-mini:acme::x", owned_by: "system" }, {}].map(toModel), [{ id: "gpt-4o-mini", base: true }, { id: "ft:gpt-4o-mini:acme::x", base: false }, undefined]);
  });
});

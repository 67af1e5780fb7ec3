import assert from "node:assert/strict";
import fc from "fast-check";
import { toJob } from "../../../../src/providers/openai/to-job.ts";

/** OpenAI's own example of a job, with what its answers have beyond the specification. */
const example = {
  object: "fine_tuning.job", id: "ftjob-abc123", model: "gpt-4o-mini-2024-07-18", created_at: 1721764800, finished_at: 1721768400, fine_tuned_model: "ft:gpt-4o-mini:acme::7p4lURel",
  organization_id: "org-123", result_files: [], status: "succeeded", validation_file: "file-val", training_file: "file-abc123", trained_tokens: 5049, seed: 683058546,
  estimated_finish: null, error: { code: null, message: null, param: null }, user_provided_suffix: "bank", usage_metrics: null, shared_with_openai: false, metadata: { launch: "one", count: 3 },
  hyperparameters: { batch_size: "auto", learning_rate_multiplier: 2, n_epochs: 3 },
  method: { type: "supervised", supervised: { hyperparameters: { batch_size: 1, learning_rate_multiplier: "auto", n_epochs: "auto", lora_rank: 8 } } },
};

describe("a job of OpenAI's API", () => {
  it("is read whole", () => {
    assert.deepEqual(toJob("openai", example), {
      provider: "openai", id: "ftjob-abc123", status: "succeeded", rawStatus: "succeeded", baseModel: "gpt-4o-mini-2024-07-18", tunedModel: "ft:gpt-4o-mini:acme::7p4lURel", suffix: "bank", method: "sft",
      createdAt: 1721764800000, finishedAt: 1721768400000, trainingFile: "file-abc123", validationFile: "file-val", trainedTokens: 5049, seed: 683058546,
      hyperparameters: { batch_size: 1, learning_rate_multiplier: 2, n_epochs: 3, lora_rank: 8 }, metadata: { launch: "one" },
    });
  });

  it("is read with nothing but an id", () => {
    assert.deepEqual(toJob("p", { id: "a" }), { provider: "p", id: "a", status: "unknown", rawStatus: "not given", baseModel: "", createdAt: 0, trainingFile: "", hyperparameters: {} });
  });

  it("is none without an id", () => {
    for (const value of [null, undefined, "a", 1, [], {}, { id: "" }, { id: 3 }]) assert.equal(toJob("p", value), undefined);
  });

  it("has an error only where a server names one", () => {
    const error = (value: unknown) => toJob("p", { id: "a", error: value })?.error;
    for (const none of [null, {}, { code: null, message: null, param: null }, [], "", 0, { message: "" }]) assert.equal(error(none), undefined);
    assert.deepEqual(error({ code: "invalid_training_file", message: "Line 3", param: "training_file" }), { code: "invalid_training_file", message: "Line 3" });
    assert.deepEqual(error("out of memory"), { message: "out of memory" });
    assert.deepEqual(error({ code: "exceeded_quota" }), { code: "exceeded_quota", message: "exceeded_quota" });
  });

  it("keeps its state in the server's word, known or not", () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (status) => {
      const job = toJob("p", { id: "a", status });
      assert.equal(job?.rawStatus, status);
    }));
    assert.deepEqual(["validating_files", "paused", "canceled", "constructor", "RUNNING"].map((status) => toJob("p", { id: "a", status })?.status), ["validating", "paused", "cancelled", "unknown", "unknown"]);
  });

  it("is read whatever its members are", () => {
    const names = Object.keys(example).filter((name) => name !== "id");
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (members) => {
      const job = toJob("p", { ...example, ...members });
      assert.equal(job?.id, example.id);
      assert.ok(Object.values(job).every((value) => value !== undefined && value !== null));
      assert.ok(Object.values(job.hyperparameters).every((value) => ["string", "number", "boolean"].includes(typeof value)));
    }));
  });
});

import assert from "node:assert/strict";
import { findTarget } from "../../../../src/dataset/targets/index.ts";
import { parseLaunchFile } from "../../../../src/jobs/launch-file/parse.ts";
import { toLaunchText } from "../../../../src/jobs/launch-file/write.ts";
import { conversionFor, likelyModels, migrate, type MigrationSource } from "../../../../src/jobs/migration/migrate.ts";
import { nebiusTuning } from "../../../../src/providers/openai/other-tunings.ts";
import { openAiTuning } from "../../../../src/providers/openai/tuning.ts";
import { togetherTuning } from "../../../../src/providers/together/tuning.ts";

const source: MigrationSource = {
  service: "OpenAI", job: "ftjob-1", model: "gpt-4o-mini-2024-07-18", method: "sft", hyperparameters: { n_epochs: 3, learning_rate_multiplier: 2 }, suffix: "a-name-of-more-than-forty-characters-for-a-model", seed: 7, tuning: openAiTuning,
  launchFile: { split: { validation: 0.1 }, integrations: [{ type: "wandb", project: "banking" }], evaluation: { test: "test.jsonl" }, grader: {} },
};
const together = { id: "Together", title: "Together AI", tuning: togetherTuning };

describe("migrating a fine-tuning", () => {
  it("gives a launch file for the other service, which says what was kept and what was dropped", () => {
    const { file, notes } = migrate(source, { service: together, model: "meta-llama/Meta-Llama-3.1-8B-Instruct", training: "train.jsonl" });
    assert.deepEqual(file, {
      service: "Together", model: "meta-llama/Meta-Llama-3.1-8B-Instruct", data: { training: "train.jsonl", split: { validation: 0.1 } }, hyperparameters: { n_epochs: 3, learning_rate: 0.00002 },
      suffix: "a-name-of-more-than-forty-characters-for", seed: 7, evaluation: { test: "test.jsonl" },
    });
    assert.deepEqual(notes, [
      "Migrated from OpenAI, job ftjob-1, which tuned gpt-4o-mini-2024-07-18.",
      "Kept: n_epochs 3 → n_epochs 3", "Kept: learning_rate_multiplier 2 → learning_rate 0.00002 (2 times its usual 0.00001)", "Kept: suffix, cut to 40 characters",
      "Dropped: integrations: it sends no metrics elsewhere", "Dropped: grader: every service has its own form; write it anew",
      "What is not said here is the service's own choice.",
    ]);
    const read = parseLaunchFile(toLaunchText(file, [...notes, "a name\nwith a line break"]));
    assert.ok(!("faults" in read));
    assert.deepEqual(read.value, file);
  });

  it("says when the other service does not have the method", () => {
    assert.throws(() => migrate({ ...source, method: "dpo" }, { service: { id: "Nebius", title: "Nebius", tuning: nebiusTuning }, model: "m", training: "t.jsonl" }), /Nebius does not train by "dpo"; it offers sft\./);
  });

  it("converts to the first format of a target that can be written", () => {
    const idOf = (id: string, method: string): string | undefined => {
      const target = findTarget(id, method);
      assert.ok(target);
      return conversionFor(target)?.id;
    };
    assert.deepEqual([idOf("together", "sft"), idOf("together", "dpo"), idOf("openai", "sft"), idOf("vertex", "sft")], ["openai-chat", "openai-preference", "openai-chat", "vertex"]);
  });

  it("proposes models that can be tuned, the most alike first", () => {
    const models = ["Qwen/Qwen2.5-7B-Instruct", "meta-llama/Meta-Llama-3.1-70B", "meta-llama/Meta-Llama-3.1-8B-Instruct", "old"].map((id) => ({ id, base: true, ...(id === "old" ? { tunable: false } : {}) }));
    assert.deepEqual(likelyModels("accounts/fireworks/models/llama-v3p1-8b-instruct", models, {}, "sft").map(({ id }) => id), ["meta-llama/Meta-Llama-3.1-8B-Instruct", "meta-llama/Meta-Llama-3.1-70B", "Qwen/Qwen2.5-7B-Instruct"]);
  });
});

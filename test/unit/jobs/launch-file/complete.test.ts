import assert from "node:assert/strict";
import { completeLaunchFile } from "../../../../src/jobs/launch-file/complete.ts";
import { explain } from "../../../../src/jobs/launch-file/explain.ts";
import type { KnownService } from "../../../../src/jobs/launch-file/problem.ts";
import { localEngineTuning, openAiTuning } from "../../../../src/providers/openai/tuning.ts";

const local: KnownService = { id: "local", title: "Local Engine", local: true, targets: {}, tuning: localEngineTuning, models: [{ id: "smollm2-135m-instruct", base: true }, { id: "ft:mine", base: false }] };
const hosted: KnownService = {
  id: "OpenAI", title: "OpenAI", targets: {}, tuning: { ...openAiTuning, methods: [{ method: "sft", hyperparameters: openAiTuning.hyperparameters, choices: [{ name: "scheduler", title: "Scheduler", explanation: "How the rate falls.", values: ["linear", "cosine"], usual: "linear" }] }] },
  models: [{ id: "gpt-4o-mini-2024-07-18", base: true, shutdownDate: "2027-01-14" }, { id: "gpt-4o", base: true }, { id: "ft:gpt-4o:acme::1", base: false }],
};

/** Completes where the text has a `|`; gives the labels, and the text as it is after the first of them was taken. */
function complete(marked: string): { readonly labels: readonly string[]; readonly after: string } {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { stretch, suggestions } = completeLaunchFile(text, offset, { services: [local, hosted], clusters: ["lab"], files: ["train.jsonl", "data/valid.jsonl"] });
  return { labels: suggestions.map(({ label }) => label), after: text.slice(0, stretch.offset) + (suggestions[0]?.insert ?? "") + text.slice(stretch.offset + stretch.length) };
}

describe("completing a launch file", () => {
  it("offers the services of the settings, and replaces what was begun", () => {
    assert.deepEqual(complete('{ "service": "lo|" }'), { labels: ["local", "OpenAI"], after: '{ "service": "local" }' });
    assert.deepEqual(complete('{ "service": | }').after, '{ "service": "local" }');
  });

  it("offers the models that the service lists and can tune, and none where it was not asked", () => {
    assert.deepEqual(complete('{ "service": "OpenAI", "model": "|" }').labels, ["gpt-4o-mini-2024-07-18", "ft:gpt-4o:acme::1"]);
    assert.deepEqual(complete('{ "service": "local", "model": "|" }').labels, ["smollm2-135m-instruct"]);
    assert.deepEqual(complete('{ "model": "|" }').labels, []);
  });

  it("offers the workspace's datasets where a file is named, and clusters where one is", () => {
    for (const text of ['{ "data": { "training": "|" } }', '{ "data": { "validation": "|" } }', '{ "evaluation": { "test": "|" } }']) assert.deepEqual(complete(text).labels, ["train.jsonl", "data/valid.jsonl"], text);
    assert.deepEqual(complete('{ "compute": { "cluster": "|" } }').labels, ["lab"]);
  });

  it("offers what the service leaves to choose, but for what is there already", () => {
    assert.deepEqual(complete('{ "service": "local", "hyperparameters": { "n_epochs": 3, "|" } }'), {
      labels: ["batch_size", "learning_rate_multiplier", "max_steps", "lora_rank", "lora_layers"],
      after: '{ "service": "local", "hyperparameters": { "n_epochs": 3, "batch_size":  } }',
    });
    assert.equal(complete('{ "service": "local", "hyperparameters": { "n_|": 3 } }').after, '{ "service": "local", "hyperparameters": { "n_epochs": 3 } }');
    assert.deepEqual(complete('{ "service": "OpenAI", "hyperparameters": { "scheduler": "|" } }').labels, ["linear", "cosine"]);
  });

  it("leaves the rest to the schema, and never fails on what is no JSON yet", () => {
    assert.deepEqual(complete('{ "|" }').labels, []);
    for (const text of ["|", "{|", '{ "data": { "training": |', '{ "hyperparameters": {"|']) complete(text);
  });
});

describe("explaining a launch file", () => {
  it("says what a hyperparameter does, its range at the service, and what happens without it", () => {
    assert.equal(explain(["hyperparameters", "n_epochs"], {}, hosted), [
      "**Epochs**", "How often the whole dataset is learned.",
      "OpenAI takes a whole number from 1 to 50. Left out, it is the service's own rule: 3, and more for fewer than 34 records.",
      "[Source](https://platform.openai.com/docs/api-reference/fine-tuning/create)",
    ].join("\n\n"));
    assert.match(explain(["hyperparameters", "scheduler"], {}, hosted) ?? "", /takes `"linear"`, `"cosine"`/);
    assert.equal(explain(["hyperparameters", "lora_rank"], {}, hosted), undefined);
  });

  it("says of a model what it costs, and when it ends", () => {
    const text = explain(["model"], { model: "gpt-4o-mini-2024-07-18" }, hosted) ?? "";
    assert.match(text, /3 USD for a million tokens that are trained on \(\[source\]\(https:[^)]+\), read on \d{4}-\d\d-\d\d\)/);
    assert.match(text, /shut down on 2027-01-14/);
  });

  it("is text, whatever a file holds", () => {
    assert.match(explain(["model"], { model: "![x](https://evil.example/p.png)" }, hosted) ?? "", /^\*\*\\!\\\[x\\\]\\\(https/);
  });

  it("says where the data goes, and which methods there are", () => {
    assert.match(explain(["service"], {}, local) ?? "", /^\*\*Local Engine\*\*\n\nThe dataset stays on this machine\./);
    assert.match(explain(["method"], {}, local) ?? "", /`sft` \(supervised fine-tuning\)/);
  });
});

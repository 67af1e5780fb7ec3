import assert from "node:assert/strict";
import { checkLaunchFile } from "../../../../src/jobs/launch-file/check.ts";
import { targetNameOf } from "../../../../src/jobs/launch-file/check-service.ts";
import type { FileFact } from "../../../../src/dataset/file-fact.ts";
import type { KnownService, Surroundings } from "../../../../src/jobs/launch-file/problem.ts";
import type { LaunchFile } from "../../../../src/jobs/launch-file/schema.ts";
import type { Tuning } from "../../../../src/jobs/tuning.ts";
import { localEngineTuning, openAiTuning } from "../../../../src/providers/openai/tuning.ts";

const methods: Tuning["methods"] = [
  { method: "sft", hyperparameters: openAiTuning.hyperparameters, choices: [{ name: "scheduler", title: "Scheduler", explanation: "", values: ["linear", "cosine"], usual: "linear" }] },
  { method: "rft", hyperparameters: [], choices: [], needsValidation: true, grader: "An object with a type is expected." },
];
const compute: NonNullable<Tuning["compute"]> = { numbers: ["gpus", "nodes"].map((name) => ({ name, title: name, explanation: "", minimum: 1, maximum: 8, whole: true, usual: "1" })), choices: [] };
const local: KnownService = { id: "local", title: "Local Engine", local: true, targets: { sft: "openai/sft" }, tuning: { ...localEngineTuning, compute } };
const hosted: KnownService = {
  id: "OpenAI", title: "OpenAI", targets: { sft: "openai/sft" }, tuning: { ...openAiTuning, methods, longestSuffix: 18 },
  models: [{ id: "gpt-4o-mini-2024-07-18", base: true, shutdownDate: "2027-01-14" }, { id: "gpt-5", base: true, tunable: false }, { id: "gpt-old", base: true, tunable: true, shutdownDate: "2026-11-01" }, { id: "o4-mini", base: true, tunable: true, methods: ["rft"] }, { id: "ft:gpt-4o:acme::1", base: false }],
};
const files: Readonly<Record<string, FileFact>> = {
  "train.jsonl": { kind: "file", path: "/w/train.jsonl", sha256: "a" },
  "./train.jsonl": { kind: "file", path: "/w/train.jsonl", sha256: "a" },
  "copy.jsonl": { kind: "file", path: "/w/copy.jsonl", sha256: "a" },
  "valid.jsonl": { kind: "file", path: "/w/valid.jsonl", sha256: "b" },
  "none.jsonl": { kind: "missing", path: "/w/none.jsonl" },
  data: { kind: "folder", path: "/w/data" },
};
const surroundings: Surroundings = { services: [local, hosted], clusters: ["lab"], file: (written) => files[written], today: "2026-11-28" };
const atHost: LaunchFile = { service: "OpenAI", model: "gpt-4o-mini-2024-07-18", data: { training: "train.jsonl" } };
const atHome: LaunchFile = { service: "local", model: "smollm2-135m-instruct", data: { training: "train.jsonl" } };

/** Each problem as `path: message`; a warning has a question mark. */
const problemsOf = (file: LaunchFile, around = surroundings): string[] => checkLaunchFile(file, around).map(({ path, severity, message }) => `${path.join(".")}${severity === "warning" ? "?" : ""}: ${message}`);

describe("what a launch cannot be", () => {
  it("is nothing of a launch that can", () => assert.deepEqual(problemsOf(atHome), []));

  describe("of its service", () => {
    it("is one that the settings do not name, with the one that it may mean", () => {
      assert.deepEqual(problemsOf({ ...atHome, service: "OpenAl" }), ['service: There is no service "OpenAl" in your settings; did you mean "OpenAI"?']);
      assert.deepEqual(problemsOf({ ...atHome, service: "Local Engine" }), ['service: There is no service "Local Engine" in your settings; did you mean "local"?']);
      assert.deepEqual(problemsOf({ ...atHome, service: "xyzzy" }), ['service: There is no service "xyzzy" in your settings; there are "local" and "OpenAI".']);
    });

    it("is an address", () => assert.match(problemsOf({ ...atHome, service: "https://evil.example/v1" })[0] ?? "", /^service: "https:\/\/evil.example\/v1" is an address\. A launch file names a service by the name/));
  });

  describe("of its model", () => {
    it("is one that the service says it does not tune, tunes otherwise, or has shut down", () => {
      assert.deepEqual(problemsOf({ ...atHost, model: "gpt-5" }), ["model: OpenAI says that gpt-5 cannot be tuned."]);
      assert.deepEqual(problemsOf({ ...atHost, model: "o4-mini" }), ['model: OpenAI tunes o4-mini by "rft", not by "sft".']);
      assert.deepEqual(problemsOf({ ...atHost, model: "gpt-old" }), ["model: OpenAI has shut gpt-old down on 2026-11-01."]);
    });

    it("takes no new jobs from a day that it has announced: a doubt before, an error from then on; nor does a model of it answer that it does not list", () => {
      const closing = { on: "2027-01-06", words: "It closes.", source: "https://example.com", dated: "2026-11-22" };
      const closingService = (on: string): KnownService => ({ ...hosted, models: [], endings: { closing: { ...closing, on }, ofModel: (model) => (model === "gpt-4.1" ? { ...closing, on: "2027-01-14" } : undefined) } });
      const at = (on: string, model = "x") => problemsOf({ ...atHost, model }, { ...surroundings, services: [local, closingService(on)] }).filter((problem) => /^service|shuts/.test(problem));
      assert.deepEqual(at("2027-01-06"), ["service?: OpenAI takes no new jobs from 2027-01-06, in 39 days. It closes. (https://example.com)"]);
      assert.deepEqual(at("2026-11-28"), ["service: OpenAI takes no new jobs since 2026-11-28. It closes. (https://example.com)"]);
      assert.deepEqual(at("2030-01-01"), []);
      assert.equal(at("2030-01-01", "gpt-4.1").length, 1);
    });

    it("may be one that is not listed, is not known to be tuned, or will be shut down soon", () => {
      assert.deepEqual(problemsOf({ ...atHost, model: "gpt-4o-mini-2024-07-19" }), ['model?: OpenAI lists no model "gpt-4o-mini-2024-07-19"; did you mean "gpt-4o-mini-2024-07-18"?']);
      assert.deepEqual(problemsOf(atHost), ["model?: OpenAI shuts gpt-4o-mini-2024-07-18 down on 2027-01-14, in 47 days, and what was tuned from it with it."]);
      const unasked = { ...surroundings, services: [{ ...hosted, models: [{ id: "gpt-4o", base: true }] }] };
      assert.deepEqual(problemsOf({ ...atHost, model: "gpt-4o" }, unasked), ["model?: gpt-4o is not among the models that OpenAI is known to tune."]);
    });

    it("is any name while the service has not been asked, and a folder or an id at the local engine", () => {
      assert.deepEqual(problemsOf({ ...atHome, model: "/models/mine" }), []);
      const listed = { ...surroundings, services: [{ ...local, models: [{ id: "smollm2-135m-instruct", base: true }, { id: "ft:a", base: false }] }] };
      assert.deepEqual(problemsOf({ ...atHome, model: "org/other-model" }, listed), []);
      assert.deepEqual(problemsOf({ ...atHome, model: "ft:a" }, listed), ["model: ft:a is tuned already, and the local engine trains from a base model only."]);
    });
  });

  describe("of its method", () => {
    it("is one that the service does not offer", () => {
      assert.deepEqual(problemsOf({ ...atHome, method: "rft" }), ['method: Local Engine does not train by "rft"; it offers "sft" and "dpo".']);
      assert.deepEqual(problemsOf({ ...atHome, method: "dpo", hyperparameters: { beta: 0.2, lora_layers: 4 } }), []);
    });

    it("is one without the grader or the validation file that it needs, or a grader without need", () => {
      const rft: LaunchFile = { ...atHost, model: "o4-mini", method: "rft" };
      assert.deepEqual(problemsOf(rft), [
        'grader: The method "rft" needs a grader at OpenAI. An object with a type is expected.',
        'data: The method "rft" needs a validation file at OpenAI: name one as "validation", or keep a share of the training file back with "split".',
      ]);
      assert.deepEqual(problemsOf({ ...rft, grader: { type: "string_check" }, data: { training: "train.jsonl", split: { validation: 0.1 } } }), []);
      assert.deepEqual(problemsOf({ ...atHome, grader: {} }), ['grader: The method "sft" has no grader at Local Engine; "rft" is the one that learns from rewards.']);
    });

    it("is one that the named target has no rules for", () => {
      assert.deepEqual(problemsOf({ ...atHome, target: "mlx-lm", method: "dpo" })[0], 'target: The target "mlx-lm" has no method "dpo"; it has "sft".');
    });
  });

  describe("of its values", () => {
    const withValues = (hyperparameters: NonNullable<LaunchFile["hyperparameters"]>, file = atHome): string[] => problemsOf({ ...file, hyperparameters });

    it("is what is out of range, not whole, or no number", () => {
      assert.deepEqual(withValues({ n_epochs: 51 }), ["hyperparameters.n_epochs: Epochs is 51; expected is a whole number from 1 to 50."]);
      assert.deepEqual(withValues({ batch_size: 1.5 }), ["hyperparameters.batch_size: Batch size is 1.5; expected is a whole number from 1 to 256."]);
      assert.deepEqual(withValues({ n_epochs: "three" }), ['hyperparameters.n_epochs: Epochs is "three"; expected is a whole number from 1 to 50.']);
      assert.deepEqual(withValues({ n_epochs: "auto", lora_rank: 8 }), []);
    });

    it("is a word that is no choice", () => {
      const [{ message, instead } = { message: "", instead: [] }] = checkLaunchFile({ ...atHost, hyperparameters: { scheduler: "cosin" } }, surroundings).filter(({ severity }) => severity === "error");
      assert.equal(message, 'Scheduler is "cosin"; expected is "linear" or "cosine".');
      assert.deepEqual(instead, ["linear", "cosine"]);
    });

    it("is what the service has not, with what it may mean", () => {
      assert.deepEqual(withValues({ epochs: 3 }), ['hyperparameters.epochs: Local Engine has no hyperparameter "epochs" for the method "sft"; did you mean "n_epochs"?']);
      assert.match(withValues({ lora_rank: 8 }, atHost).join("\n"), /OpenAI has no hyperparameter "lora_rank" for the method "sft"; there are "n_epochs", /);
    });

    it("may be epochs that max_steps makes useless", () => assert.deepEqual(withValues({ n_epochs: 3, max_steps: 60 }), ["hyperparameters.n_epochs?: It is of no effect: max_steps ends the training, whatever the epochs say."]));

    it("is a suffix that is too long, or metrics for what takes none", () => {
      assert.match(problemsOf({ ...atHost, suffix: "x".repeat(19) }).join("\n"), /suffix: It has 19 characters; OpenAI takes at most 18\./);
      assert.deepEqual(problemsOf({ ...atHome, integrations: [{ type: "wandb", project: "p" }] }), ['integrations.0.type: Local Engine sends no metrics to "wandb".']);
    });
  });

  describe("of what it runs on", () => {
    const on = (where: NonNullable<LaunchFile["compute"]>, file = atHome): string[] => problemsOf({ ...file, compute: where });

    it("is a cluster that the settings do not name, or an address", () => {
      assert.deepEqual(on({ cluster: "lab", gpus: 1, nodes: 2 }), []);
      assert.deepEqual(on({ cluster: "lap" }), ['compute.cluster: There is no cluster "lap" in your settings; did you mean "lab"?']);
      assert.match(on({ cluster: "http://10.0.0.1:8265" })[0] ?? "", /never by its address\.$/);
    });

    it("is more than there is, or anything at a service that chooses by itself", () => {
      assert.deepEqual(on({ cluster: "lab", gpus: 9 }), ["compute.gpus: gpus is 9; expected is a whole number from 1 to 8."]);
      assert.deepEqual(on({ nodes: 2 }), ['compute.nodes: On this machine a training takes what there is; "nodes" is for a "cluster".']);
      assert.match(on({ gpus: 1 }, atHost).join("\n"), /compute: OpenAI chooses by itself what a job runs on/);
      assert.deepEqual(on({}), []);
    });
  });

  describe("of its files", () => {
    const withData = (data: LaunchFile["data"], more: Partial<LaunchFile> = {}): string[] => problemsOf({ ...atHome, data, ...more });

    it("is one that is missing, a folder, or an address", () => {
      assert.deepEqual(withData({ training: "none.jsonl", validation: "data" }), ["data.training: There is no file /w/none.jsonl.", "data.validation: /w/data is a folder; a file is expected."]);
      for (const training of ["https://evil.example/x.jsonl", "\\\\evil.example\\share\\x.jsonl", "//evil.example/share/x.jsonl"]) assert.match(withData({ training })[0] ?? "", /The training file is an address/, training);
    });

    it("is a validation or test file that is the training file, by its path or by its bytes", () => {
      assert.deepEqual(withData({ training: "train.jsonl", validation: "./train.jsonl" }), ["data.validation: The validation file is the training file. What was learnt cannot tell how well it was learnt."]);
      assert.deepEqual(withData({ training: "train.jsonl", validation: "valid.jsonl" }, { evaluation: { test: "copy.jsonl" } }), ["evaluation.test: The test file is the training file byte for byte. What was learnt cannot tell how well it was learnt."]);
    });

    it("is a split beside a validation file", () => assert.deepEqual(withData({ training: "train.jsonl", validation: "valid.jsonl", split: { validation: 0.1 } }), ["data.split: There is a validation file already; keep one of both."]));

    it("is nothing of a file that nobody has looked at", () => assert.deepEqual(withData({ training: "unseen.jsonl", validation: "unseen.jsonl" }), []));
  });
});

describe("the rules that a launch's datasets are checked by", () => {
  it("are those of the target that it names, else of the service, for its method", () => {
    assert.equal(targetNameOf({}, local), "openai/sft");
    assert.equal(targetNameOf({ method: "dpo" }, { targets: { dpo: "together/dpo" } }), "together/dpo");
    assert.equal(targetNameOf({ method: "dpo" }, local), undefined);
    assert.equal(targetNameOf({ target: "trl", method: "rft" }, local), "trl/rft");
    assert.equal(targetNameOf({ target: "mlx-lm", method: "rft" }, local), undefined);
  });
});

import assert from "node:assert/strict";
import { stretchOf } from "../../../../src/dataset/jsonc-stretch.ts";
import { checkPlan } from "../../../../src/evaluation/plan-file/check.ts";
import { parsePlan } from "../../../../src/evaluation/plan-file/parse.ts";
import type { PlanSurroundings } from "../../../../src/evaluation/plan-file/surroundings.ts";

const around: PlanSurroundings = {
  services: [{ id: "local", title: "Local Engine", models: [{ id: "smollm2-135m-instruct", base: true }] }, { id: "Acme", title: "Acme" }],
  file: (written) => ({ kind: written.startsWith("none") ? "missing" : written.endsWith("/") ? "folder" : "file", path: `/w/${written.replace(/^\.\//, "")}` }),
};

/** The problems of a plan as `stretch → message`, warnings after `?`. */
function problems(plan: object, services = around.services): string[] {
  const text = JSON.stringify(plan);
  const read = parsePlan(text);
  assert.ok("value" in read, text);
  return checkPlan(read.value, { ...around, services }).map(({ path, message, severity, key, instead }) => {
    const { offset, length } = stretchOf(read.tree, path, key ? "key" : "value");
    return `${severity === "warning" ? "? " : ""}${text.slice(offset, offset + length)} → ${message}${instead ? ` [${instead.join()}]` : ""}`;
  });
}

const plain = { service: "Acme", model: "m" };

describe("checking an evaluation plan", () => {
  it("finds nothing in one that can be run", () => {
    assert.deepEqual(problems({ test: "a.jsonl", training: "b.jsonl", candidates: [plain, { ...plain, retrieval: 2 }, { service: "local", model: "smollm2-135m-instruct", fewShot: 1, tuned: true }] }), []);
  });

  it("takes the frozen share of a dataset for the test file, and the rest for what is learned from", () => {
    const test = { dataset: "a.jsonl", frozen: "a.frozen" };
    assert.deepEqual(problems({ test, candidates: [plain, { ...plain, retrieval: 2 }, { ...plain, model: "n", tuned: true }] }), []);
    assert.deepEqual(problems({ test: { ...test, frozen: "none.frozen" }, training: "./a.jsonl", candidates: [plain, { ...plain, model: "n" }] }), [
      '"none.frozen" → There is no file /w/none.frozen.', '"./a.jsonl" → The training file is the dataset of which a share is kept back. Leave it out: what is learned from is the rest of it then.',
    ]);
  });

  it("says of metrics that need likelihoods where a candidate's service tells none, and refuses them where none tells any", () => {
    const services = [{ id: "local", title: "Local Engine", likelihoods: true }, { id: "Acme", title: "Acme", likelihoods: false }, { id: "Lab", title: "Lab" }];
    const of = (...named: readonly string[]): string[] => {
      const plan = { test: "a", metrics: ["exact-match", "perplexity"], candidates: named.map((service, index) => ({ service, model: `m${index}` })) };
      const read = parsePlan(JSON.stringify(plan));
      assert.ok("value" in read);
      return checkPlan(read.value, { ...around, services }).map(({ path, message, severity }) => `${severity} ${path.join(".")}: ${message}`);
    };
    assert.deepEqual(of("local", "Acme"), ['warning candidates.1.service: Acme does not tell how likely a model finds a given text: of this candidate the report will say "not told" for perplexity. "local" tells it.']);
    assert.deepEqual(of("Acme", "Acme"), ['error metrics.1: No candidate\'s service tells how likely a model finds a given text, so that this cannot be measured; leave it out. "local" tells it.']);
    const guarded = parsePlan(JSON.stringify({ test: "a", guardRail: { test: "b", metrics: ["exact-match", "perplexity"] }, candidates: ["m", "n"].map((model) => ({ service: "Acme", model })) }));
    assert.deepEqual("value" in guarded && checkPlan(guarded.value, { ...around, services }).map(({ path }) => path.join(".")), ["guardRail.metrics.1"]);
    assert.deepEqual(of("local", "Lab"), [], "of whom nobody knows, nothing is said");
  });

  it("names files that are not there, are folders, addresses, or the same", () => {
    const of = (test: string, training: string): string[] => problems({ test, training, candidates: [plain, { ...plain, fewShot: 1 }] });
    assert.deepEqual(of("none.jsonl", "data/"), ['"none.jsonl" → There is no file /w/none.jsonl.', '"data/" → /w/data/ is a folder; a file is expected.']);
    assert.deepEqual(of("https://example.org/a", "b.jsonl"), ['"https://example.org/a" → The test file is an address, "https://example.org/a"; a path of a file on this machine is expected.']);
    assert.deepEqual(of("a.jsonl", "./a.jsonl"), ['"./a.jsonl" → The training file is the test file. What was learnt cannot tell how well it was learnt.']);
  });

  it("names services that are not there with what may be meant, and never takes an address", () => {
    assert.deepEqual(problems({ test: "a", candidates: [{ ...plain, service: "Acmee" }, { service: "https://evil.example/v1", model: "n" }] }), [
      '"Acmee" → There is no service "Acmee"; did you mean "Acme"? [Acme]',
      '"https://evil.example/v1" → "https://evil.example/v1" is an address. A plan names a service by the name that it has in your settings, so that no file can send a key elsewhere; there are "local" and "Acme". [local,Acme]',
    ]);
  });

  it("doubts a model that the service does not list", () => {
    assert.deepEqual(problems({ test: "a", candidates: [plain, { service: "local", model: "smollm2-135m" }] }), ['? "smollm2-135m" → Local Engine does not list a model "smollm2-135m"; did you mean "smollm2-135m-instruct"? [smollm2-135m-instruct]']);
  });

  it("refuses examples of both kinds, and examples of no training file", () => {
    assert.deepEqual(problems({ test: "a", training: "b", candidates: [plain, { ...plain, fewShot: 1, retrieval: 2 }] }), ['"retrieval" → A candidate has fewShot or retrieval, not both; make two candidates of it.']);
    assert.deepEqual(problems({ test: "a", candidates: [plain, { ...plain, fewShot: 12 }] }), ['12 → Examples come from the training file; name it as "training".']);
  });

  it("refuses batches of a service that answers none, be it a candidate's or the judge's", () => {
    const asks = (batches: boolean | undefined, judge: boolean): string[] => {
      const services = around.services.map((each) => (each.id === "Acme" && batches !== undefined ? { ...each, batches } : each));
      return problems({ test: "a", candidates: [{ ...plain, batch: true }, { ...plain, fewShot: 1 }], training: "b", judge: { service: "Acme", model: "j", rubric: "correctness", batch: judge } }, services);
    };
    const refused = '"batch" → Acme answers no batches. Leave "batch" out, and its questions are asked one by one.';
    assert.deepEqual([asks(undefined, true), asks(true, true), asks(false, false), asks(false, true)], [[], [], [refused], [refused, refused]]);
  });

  it("refuses one name twice, doubts two that are asked the same, and a tuned model whose training file is unknown", () => {
    assert.deepEqual(problems({ test: "a", candidates: [plain, plain] }), [`{"service":"Acme","model":"m"} → It is called "m" as candidate 1 is; give it a "name" of its own.`]);
    assert.deepEqual(problems({ test: "a", candidates: [plain, { ...plain, name: "n", tuned: true }] }), [
      '? true → What a tuned model learned from is not named as "training", so test records that it has seen are not left out.',
      '? {"service":"Acme","model":"m","name":"n","tuned":true} → It is asked the same as candidate 1, "m": the same model with the same prompt. At temperature 0 their difference says nothing.',
    ]);
  });
});

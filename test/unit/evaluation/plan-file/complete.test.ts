import assert from "node:assert/strict";
import { completePlan } from "../../../../src/evaluation/plan-file/complete.ts";
import { explainPlan } from "../../../../src/evaluation/plan-file/explain.ts";
import type { PlanService } from "../../../../src/evaluation/plan-file/surroundings.ts";

const services: readonly PlanService[] = [
  { id: "local", title: "Local Engine", models: [{ id: "smollm2-135m-instruct", base: true }, { id: "ft:mine", base: false }] },
  { id: "Acme", title: "Acme", models: [{ id: "![x](https://evil.example/p.png)", base: true, contextLength: 8192, shutdownDate: "2027-01-14" }] },
];

/** Completes where the text has a `|`; gives the labels, and the text as it is after the first of them was taken. */
function complete(marked: string, metrics = false): { readonly labels: readonly string[]; readonly after: string } {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { stretch, suggestions } = completePlan(text, offset, { services, files: ["data/test.jsonl", "train.jsonl"], metrics });
  return { labels: suggestions.map(({ label }) => label), after: text.slice(0, stretch.offset) + (suggestions[0]?.insert ?? "") + text.slice(stretch.offset + stretch.length) };
}

describe("completing an evaluation plan", () => {
  it("offers the services of the settings, and replaces what was begun", () => {
    assert.deepEqual(complete('{ "candidates": [{ "service": "lo|" }] }'), { labels: ["local", "Acme"], after: '{ "candidates": [{ "service": "local" }] }' });
  });

  it("offers the models of the candidate's own service, base and tuned", () => {
    const text = (service: string): string => `{ "candidates": [{ "service": "Acme" }, { "service": "${service}", "model": "|" }] }`;
    assert.deepEqual(complete(text("local")).labels, ["smollm2-135m-instruct", "ft:mine"]);
    assert.deepEqual(complete(text("none")).labels, []);
  });

  it("offers the workspace's datasets where a file is named", () => {
    for (const key of ["test", "training"]) assert.deepEqual(complete(`{ "${key}": "|" }`).labels, ["data/test.jsonl", "train.jsonl"]);
  });

  it("offers metrics only where the schema does not", () => {
    assert.deepEqual(complete('{ "metric": "|" }').labels, []);
    assert.ok(complete('{ "metric": "|" }', true).labels.includes("exact-match"));
    assert.ok(!complete('{ "metric": "|" }', true).labels.includes("chrf"), "a score says of no answer that it is right");
    assert.ok(complete('{ "metrics": ["label", "|"] }', true).labels.includes("chrf"));
  });

  it("leaves the rest to the schema, and never fails on what is no JSON yet", () => {
    for (const text of ["|", "{|", '{ "|" }', '{ "candidates": [|', '{ "candidates": [{ "model": |', '{ "candidates": [{ "service": "local", |']) assert.deepEqual(complete(text).labels, [], text);
  });
});

describe("explaining an evaluation plan", () => {
  it("says what a service lists of a model, as text whatever it is called", () => {
    assert.equal(explainPlan(["candidates", 0, "model"], "![x](https://evil.example/p.png)", services[1]), "**\\!\\[x\\]\\(https://evil.example/p.png\\)**\n\nAcme lists it.\n\nIts context holds 8,192 tokens.\n\nIt is shut down on 2027-01-14.");
    assert.match(explainPlan(["candidates", 0, "model"], "ft:mine", services[0]) ?? "", /Local Engine lists it as tuned\./);
  });

  it("says what a metric counts as right", () => {
    assert.match(explainPlan(["metric"], "exact-match", undefined) ?? "", /^\*\*Exact match\*\*\n\n/);
    assert.match(explainPlan(["metrics", 1], "chrf", undefined) ?? "", /^\*\*chrF/);
    assert.match(explainPlan(["metrics", 1, "metric"], "label", undefined) ?? "", /Labels that are declared/);
    assert.equal(explainPlan(["metric"], "none", undefined), undefined);
  });
});

import assert from "node:assert/strict";
import { readJsonc } from "../../../../src/dataset/read-jsonc.ts";
import { checkPlan } from "../../../../src/evaluation/plan-file/check.ts";
import { planFileJsonSchema, planFileSchema } from "../../../../src/evaluation/plan-file/schema.ts";

const candidates = '[{ "service": "Ours", "model": "a" }, { "service": "Ours", "model": "b" }]';

/** What is said of a plan with these metrics, each with the text that it marks. */
function faults(metrics: string, more = ""): string[] {
  const text = `{ "test": "t.jsonl", "candidates": ${candidates}, "metrics": ${metrics}${more} }`;
  const read = readJsonc(text, planFileSchema);
  if ("faults" in read) return read.faults.map(({ offset, length, message }) => `${text.slice(offset, offset + length)}: ${message}`);
  return checkPlan(read.value, { services: [{ id: "Ours", title: "Ours" }], file: () => undefined }).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("the metrics of a plan", () => {
  it("are names, or objects with parameters", () => {
    assert.deepEqual(faults('["exact-match", { "metric": "regex", "pattern": "^[0-9]+$" }, { "metric": "json-schema", "schema": "answer.schema.json" }, { "metric": "numeric-match", "tolerance": 0.5 }, { "metric": "label", "labels": ["yes", "no"] }, "chrf"]'), []);
    assert.deepEqual(faults('["label", { "metric": "length", "unit": "words", "most": 2 }, { "metric": "json-schema", "schema": { "type": "object" } }]'), []);
  });

  it("have their faults told where they stand: a name, a parameter that is not there, is missing or of another kind", () => {
    assert.match(faults('["vibes"]')[0] ?? "", /^"vibes": "metrics\.0" is "vibes"; expected is "exact-match" or /);
    assert.match(faults('["label", { "metric": "regx", "pattern": "a" }]')[0] ?? "", /^"regx": "metrics\.1\.metric" is "regx"; expected is "regex" or "label" or /);
    assert.deepEqual(faults('[{ "metric": "regex" }]'), ['{: "metrics.0.pattern" is missing; expected is a text in quotes.']);
    assert.deepEqual(faults('[{ "metric": "regex", "patern": "a", "pattern": "a" }]'), ['"patern": There is no setting "patern"; did you mean "pattern"?']);
    assert.deepEqual(faults('[{ "metric": "numeric-match", "relative": 5 }]'), ['5: "metrics.0.relative" is 5; expected is a number up to 1.']);
    assert.match(faults('[{ "pattern": "a" }]')[0] ?? "", /^{: "metrics\.0\.metric" is missing; expected is "regex" or "label" or /);
  });

  it("are refused where no answer could be judged by them, or right could not be told from wrong", () => {
    assert.match(faults('[{ "metric": "regex", "pattern": "(?<=a)b" }]')[0] ?? "", /^metrics\.0\.pattern: This pattern cannot be used: .+ which has no look-around/);
    assert.match(faults('["label", { "metric": "json-schema", "schema": { "type": "objekt" } }]')[0] ?? "", /^metrics\.1\.schema: This is no JSON Schema: type /);
    assert.deepEqual(faults('[{ "metric": "length", "least": 2, "most": 1 }]'), ["metrics.0.least: The least length, 2, is more than the most, 1: no answer would be right."]);
    assert.match(faults('["chrf", "label"]')[0] ?? "", /^metrics\.0: The first metric says which answers are right, and this one gives scores\. Put one of exact-match, /);
    assert.deepEqual(faults('["label", "label"]'), ["metrics.1: This metric is here twice."]);
    assert.deepEqual(faults('["label"]', ', "metric": "label"'), ["metric: A plan has metric or metrics, not both; make it the first of metrics."]);
    assert.match(faults('[{ "metric": "label", "labels": ["Yes", "yes."] }]')[0] ?? "", /^metrics\.0\.labels: The labels "Yes" and "yes\." are the same/);
  });

  it("of the guard-rail set are held to the same, and break-even to candidates with a price", () => {
    assert.match(faults('["label"]', ', "guardRail": { "test": "g.jsonl", "metrics": ["chrf"] }')[0] ?? "", /^guardRail\.metrics\.0: The first metric says which answers are right/);
    assert.deepEqual(faults('["label"]', ', "breakEven": { "tuned": "b", "instead": "c", "training": 1, "dated": "2026-11-29" }'), ['breakEven.tuned: The candidate "b" has no "price", so that nothing can be computed.', 'breakEven.instead: No candidate is called "c"; there are "a", "b".']);
    assert.match(faults('["label"]', ', "breakEven": { "tuned": "b", "instead": "a", "training": 1, "dated": "yesterday" }')[0] ?? "", /^"yesterday": "breakEven\.dated" is "yesterday"; expected is /);
  });

  it("beside a judge are held to what it can do", () => {
    const judge = (more: string): string[] => faults('["label"]', `, "judge": { "service": "Ours", "rubric": "correctness", "model": ${more} }`);
    assert.deepEqual(judge('"j"'), []);
    assert.deepEqual(judge('"j", "scores": false, "pairs": false'), ["judge.pairs: A judge that neither marks nor compares does nothing; leave it out."]);
    assert.deepEqual(judge('"j", "scores": false, "ratings": "r.jsonl"'), ["judge.ratings: People's marks are compared with the judge's, and this judge gives none."]);
    assert.deepEqual(judge('"a"'), ["judge.model: The judge is one of the candidates, and models prefer their own answers."]);
    assert.match(judge('"j", "service": "https://example.org"')[0] ?? "", /is here twice/);
  });

  it("are completed by a JSON Schema that has each of them with its parameters", () => {
    const schema = JSON.stringify(planFileJsonSchema());
    for (const word of ["regex", "json-schema", "relative", "labels", "same-language"]) assert.ok(schema.includes(`"${word}"`), word);
  });
});

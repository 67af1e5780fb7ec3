import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { isRefusal } from "../../../src/evaluation/metrics/no-refusal.ts";
import { findMetric, metrics } from "../../../src/evaluation/metrics/index.ts";
import { numericMatch, readNumbers } from "../../../src/evaluation/metrics/numeric-match.ts";

const measure = (id: string, answer: string, reference: string): number => findMetric(id)?.measure(answer, reference) ?? assert.fail(id);
const unsuited = (id: string, reference: string): string | undefined => findMetric(id)?.unsuited?.(reference);

describe("metrics", () => {
  it("are all in the list: each file that makes one is named there, under an id of its own", () => {
    const files = readdirSync("src/evaluation/metrics").filter((file) => file.endsWith(".ts") && !["index.ts", "metric.ts"].includes(file));
    assert.equal(metrics.length, files.length);
    assert.equal(new Set(metrics.map(({ id }) => id)).size, metrics.length);
    for (const { id, title, explanation } of metrics) assert.ok(/^[a-z0-9-]+$/.test(id) && title !== "" && explanation.endsWith("."), id);
  });

  it("give 0 or 1, or a score between, for every answer to a reference that they are defined for, and the best for the reference itself", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 20 }), fc.json({ maxDepth: 2 }), fc.integer().map(String), fc.constantFrom("", " ", "the", "[", "\ud800", "{\"__proto__\": 1}"));
    fc.assert(fc.property(fc.constantFrom(...metrics), text, text, (metric, answer, reference) => {
      fc.pre(reference.trim() !== "" && metric.unsuited?.(reference) === undefined);
      const value = metric.measure(answer, reference);
      assert.ok(value >= 0 && value <= 1 && (metric.kind === "score" || value === 0 || value === 1), `${metric.id}: ${value}`);
      assert.ok(metric.measure(reference, reference) > 1 - 1e-9, metric.id);
    }), { numRuns: 500 });
  });

  it("exact match wants the reference itself, normalised match its words, contains its place anywhere", () => {
    assert.deepEqual([measure("exact-match", " Paris\n", "Paris"), measure("exact-match", "paris", "Paris")], [1, 0]);
    assert.deepEqual([measure("normalised-match", "The paris!", "Paris."), measure("normalised-match", "Paris, France", "Paris")], [1, 0]);
    assert.deepEqual([measure("contains", "It is Paris.", "Paris "), measure("contains", "It is paris.", "Paris")], [1, 0]);
    assert.match(unsuited("normalised-match", "The!") ?? "", /nothing is left/);
  });

  it("numeric match reads the last number, however it is written", () => {
    assert.deepEqual(["1,234.50 EUR", "from 10-20", "−3 °C", "1e3", "v2 and 2x", "no", "3.", "1.2.3"].map(readNumbers), [[1234.5], [10, 20], [-3], [1000], [], [], [3], [1.2]]);
    assert.deepEqual([measure("numeric-match", "2 + 2 is 4.", "4"), measure("numeric-match", "1200.0", "1,200"), measure("numeric-match", "0.30000000000000004", "0.3"), measure("numeric-match", "four", "4"), measure("numeric-match", "4 or 5", "4")], [1, 1, 1, 0, 0]);
    assert.deepEqual([numericMatch({ prediction: "4.9", reference: "5", tolerance: 0.1 }).match, numericMatch({ prediction: "4.8", reference: "5", tolerance: 0.1 }).match], [true, false]);
    assert.deepEqual([unsuited("numeric-match", "none"), unsuited("numeric-match", "1 or 2"), unsuited("numeric-match", "42 km")], ["the reference has no number", "the reference has several numbers", undefined]);
  });

  it("JSON is valid alone, the same in any order of keys, and right field by field", () => {
    const reference = '{"name": "Ada", "tags": ["a", "b"], "age": 36}';
    assert.deepEqual([measure("json-valid", '{"x": 1}', reference), measure("json-valid", '```json\n{"x": 1}\n```', reference), measure("json-valid", '"x"', reference)], [1, 0, 0]);
    assert.deepEqual([measure("json-match", '{"age":36,"tags":["a","b"],"name":"Ada"}', reference), measure("json-match", '{"age":36,"tags":["b","a"],"name":"Ada"}', reference), measure("json-match", "{", reference)], [1, 0, 0]);
    assert.deepEqual([measure("field-f1", '{"name": "Ada", "age": "36"}', reference), measure("field-f1", "Ada, 36", reference), measure("field-f1", "{}", "{}"), measure("field-f1", "[]", "{}")], [2 / 6, 0, 1, 0]);
    assert.match(unsuited("json-match", "yes") ?? "", /no JSON object/);
    assert.ok(measure("field-f1", `${"[".repeat(5000)}${"]".repeat(5000)}`, reference) === 0);
  });

  it("a refusal is known by its first words, and a reference that refuses asks for none", () => {
    for (const answer of ["I'm sorry, but I can't help with that.", "Sorry, I cannot do this", "As an AI language model, I cannot say.", "Unfortunately, I am unable to answer.", "I won’t write that."]) assert.ok(isRefusal(answer), answer);
    for (const answer of ["Sorry to hear that! Your card is on its way.", "Unfortunately, the rate has changed.", "You can't use the card yet.", ""]) assert.ok(!isRefusal(answer), answer);
    assert.deepEqual([measure("no-refusal", "I cannot.", "yes"), unsuited("no-refusal", "I can't tell you.")], [0, "the reference itself declines to answer"]);
  });

  it("metrics of words say where a language is beyond them", () => {
    assert.match(unsuited("bleu", "今天天气很好") ?? "", /chrf/);
    assert.match(unsuited("rouge-l", "Привет, мир") ?? "", /chrf/);
    assert.deepEqual([unsuited("bleu", "Guten Tag"), unsuited("rouge-l", "Guten Tag"), unsuited("chrf", "今天天气很好")], [undefined, undefined, undefined]);
    assert.ok(measure("chrf", "今天天气好", "今天天气很好") > 0.3);
  });
});

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { isRefusal } from "../../../src/evaluation/metrics/no-refusal.ts";
import { createMetric, findMetric, metrics, parameterisedMetrics, parameterisedOf, type WrittenMetric } from "../../../src/evaluation/metrics/index.ts";
import { lengthRatio } from "../../../src/evaluation/metrics/length.ts";
import type { Metric } from "../../../src/evaluation/metrics/metric.ts";
import { numericMatch, readNumbers } from "../../../src/evaluation/metrics/numeric-match.ts";

const measure = (id: string, answer: string, reference: string): number => findMetric(id)?.measure(answer, reference) ?? assert.fail(id);
const made = (written: WrittenMetric & object): Metric => createMetric(written) ?? assert.fail(JSON.stringify(parameterisedOf(written.metric)?.faults(written)));
const unsuited = (id: string, reference: string): string | undefined => findMetric(id)?.unsuited?.(reference);

describe("metrics", () => {
  it("are all in the list: each file that makes one is named there, under an id of its own", () => {
    const files = readdirSync("src/evaluation/metrics").filter((file) => file.endsWith(".ts") && !["index.ts", "metric.ts", "parameterised.ts"].includes(file));
    assert.equal(new Set([...metrics, ...parameterisedMetrics].map(({ id }) => id)).size, files.length);
    assert.equal(new Set(metrics.map(({ id }) => id)).size, metrics.length);
    for (const { id, title, explanation } of metrics) assert.ok(/^[a-z0-9-]+$/.test(id) && title !== "" && explanation.endsWith("."), id);
  });

  it("give 0 or 1, or a score between, for every answer to a reference that they are defined for, and the best for the reference itself", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 20 }), fc.json({ maxDepth: 2 }), fc.integer().map(String), fc.constantFrom("", " ", "the", "[", "\ud800", "{\"__proto__\": 1}"));
    fc.assert(fc.property(fc.constantFrom(...metrics.filter(({ needsLikelihood }) => needsLikelihood !== true)), text, text, (metric, answer, reference) => {
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

  it("with parameters are made again of their ids alone, whatever order their parameters were written in", () => {
    const written = [{ metric: "regex", pattern: "a b", ignoreCase: true }, { metric: "numeric-match", relative: 0.1, tolerance: 1 }, { metric: "json-schema", schema: { type: "object" } }, { metric: "label", labels: ["a", "b"] }, { metric: "length", most: 2 }] as const;
    for (const each of written) {
      const metric = made(each);
      const again = findMetric(metric.id);
      assert.deepEqual([again?.id, again?.title, again?.kind], [metric.id, metric.title, "pass-fail"]);
    }
    assert.equal(made({ metric: "numeric-match", tolerance: 1, relative: 0.1 } as WrittenMetric & object).id, 'numeric-match {"tolerance":1,"relative":0.1}');
    for (const id of ['regex {"pattern":"("}', "regex {", "regex", "vibes {}", 'json-schema {"schema":"a.json"}']) assert.equal(findMetric(id), undefined, id);
  });

  it("with parameters give 0 or 1, or a score between, for any answer", () => {
    const some = [{ metric: "regex", pattern: "^\\w+$", compare: true }, { metric: "numeric-match", relative: 0.5 }, { metric: "json-schema", schema: { type: "object", required: ["a"] } }, { metric: "label", labels: ["", "the"].map((each) => `${each}.x`) }, { metric: "length", unit: "words" }].map(made);
    fc.assert(fc.property(fc.constantFrom(...some), fc.string({ unit: "grapheme", maxLength: 20 }), fc.string({ unit: "grapheme", maxLength: 20 }), (metric, answer, reference) => {
      fc.pre(metric.unsuited?.(reference) === undefined);
      const value = metric.measure(answer, reference);
      assert.ok(value >= 0 && value <= 1 && (metric.kind === "score" || value === 0 || value === 1), `${metric.id}: ${value}`);
    }), { numRuns: 300 });
  });

  it("regex finds a pattern, or holds what it finds to the reference, in linear time", () => {
    const digits = made({ metric: "regex", pattern: "answer: (\\d+)", ignoreCase: true, compare: true } as WrittenMetric & object);
    assert.deepEqual([digits.measure("So the Answer: 42.", " 42\n"), digits.measure("Answer: 43, no, answer: 42", "42"), digits.measure("42", "42")], [1, 0, 0]);
    assert.deepEqual(["ABC", "abc", "x\nABC"].map((answer) => made({ metric: "regex", pattern: "^[A-Z]+$" } as WrittenMetric & object).measure(answer, "")), [1, 0, 0]);
    // Where back-tracking is, this takes longer than the universe will last.
    assert.equal(made({ metric: "regex", pattern: "^(a+)+$" } as WrittenMetric & object).measure(`${"a".repeat(20_000)}b`, ""), 0);
  });

  it("a tolerance is in the number's unit, or a share of the reference, whichever is more, as pytest's approx has it", () => {
    const near = (answer: string, reference: string, parameters: object): number => made({ metric: "numeric-match", ...parameters }).measure(answer, reference);
    assert.deepEqual([near("99", "100", { relative: 0.01 }), near("98.9", "100", { relative: 0.01 }), near("0.001", "0", { relative: 0.5 }), near("0.001", "0", { relative: 0.5, tolerance: 0.01 }), near("-99", "-100", { relative: 0.01 }), near("1e309", "1e309", { relative: 0.1 })], [1, 0, 0, 1, 1, 1]);
  });

  it("a JSON Schema is held to the answer alone, and what is no JSON breaks every schema", () => {
    const schema = made({ metric: "json-schema", schema: { title: "Person", type: "object", properties: { name: { type: "string", pattern: "^A" }, age: { type: "integer", minimum: 0 } }, required: ["name"], additionalProperties: false } } as WrittenMetric & object);
    assert.equal(schema.title, "Valid by the schema “Person”");
    assert.deepEqual(['{"name": "Ada", "age": 36}', '{"name": "Bob"}', '{"age": 36}', '{"name": "Ada", "age": -1}', '{"name": "Ada", "x": 1}', "Ada", '```{"name": "Ada"}```', ""].map((answer) => schema.measure(answer, "")), [1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("labels are the same but for letter case and what stands around them; of declared ones the reference has to be one", () => {
    assert.deepEqual([" Positive.", '"positive"', "**positive**", "positive!", "negative"].map((answer) => measure("label", answer, "positive")), [1, 1, 1, 0, 0]);
    assert.match(made({ metric: "label", labels: ["yes", "no"] } as WrittenMetric & object).unsuited?.("maybe") ?? "", /none of the labels/);
  });

  it("length is a multiple of the reference's, in characters or in words", () => {
    assert.deepEqual([lengthRatio({ prediction: " año 🙂", reference: "abc" }).ratio, lengthRatio({ prediction: "a b c", reference: "a b", unit: "words" }).ratio, lengthRatio({ prediction: "a", reference: "" }).ratio], [5 / 3, 1.5, Number.NaN]);
    assert.deepEqual([measure("length", "ab", "abcd"), measure("length", "abcdefgh", "abcd"), measure("length", "", "abcd")], [0.5, 0.5, 0]);
    const short = made({ metric: "length", unit: "words", least: 0.5, most: 2 } as WrittenMetric & object);
    assert.deepEqual(["a", "a b c d", "a b c d e", ""].map((answer) => short.measure(answer, "x y")), [1, 1, 0, 0]);
  });

  it("a language is told by letter triples, and short answers are not held to it", () => {
    const reference = "Ihre Karte ist unterwegs und sollte in fünf Tagen ankommen.";
    assert.deepEqual([measure("same-language", "Bitte prüfen Sie in der App den Stand Ihrer Überweisung.", reference), measure("same-language", "Your card is on its way and should arrive within five days.", reference), measure("same-language", "您的卡正在路上，应该会在五天内到达。请您耐心等待，谢谢。", reference), measure("same-language", "Ja.", reference)], [1, 0, 0, 1]);
    assert.match(unsuited("same-language", "Ja.") ?? "", /too short/);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { bleu, chrf, classificationReport, cohenKappa, confusionMatrix, editDistance, editSimilarity, holm, pairedBootstrap, percentiles, rouge, sentenceBleu, sentenceChrf, spearman, tokenF1, wilcoxonSignedRank } from "../../../src/evaluation/index.ts";
import { bleuSignature } from "../../../src/evaluation/metrics/bleu.ts";
import { xoshiro128 } from "../../../src/evaluation/statistics/random.ts";

const text = fc.string({ unit: "grapheme", maxLength: 30 });
const sentence = fc.array(fc.constantFrom("the", "cat", "sat", "año", "😀", "on", "mat", "."), { maxLength: 12 }).map((words) => words.join(" "));
const label = fc.constantFrom("a", "b", "c", "😀");
const labelPairs = fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 40 });
const score = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const scorePairs = fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 25 });
const apart = <First, Second>(pairs: readonly (readonly [First, Second])[]): [First[], Second[]] => [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
const between = (value: number, low: number, high: number): boolean => value >= low - 1e-12 && value <= high + 1e-12;

describe("laws of the statistics", () => {
  it("a seeded generator gives the numbers of its published algorithm, each below the bound and all of them", () => {
    // Computed by the generator's second implementation, in test/fixtures/evaluation/make_vectors.py.
    const next = xoshiro128(42);
    assert.deepEqual(Array.from({ length: 8 }, () => next(1000)), [660, 126, 111, 814, 79, 26, 15, 258]);
    const other = xoshiro128(7);
    const drawn = new Set(Array.from({ length: 2000 }, () => other(10)));
    assert.deepEqual([...drawn].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("a bootstrap's interval lies around the mean, is the same for the same seed, and turns with its models", () => {
    fc.assert(fc.property(scorePairs, fc.nat(1000), (pairs, seed) => {
      const [baseline, candidate] = apart(pairs);
      const given = { confidence: 0.95, resamples: 300, seed };
      const interval = pairedBootstrap({ ...given, baseline, candidate });
      assert.deepEqual(pairedBootstrap({ ...given, baseline, candidate }), interval);
      if (Number.isNaN(interval.low)) return;
      assert.ok(interval.low <= interval.high && between(interval.point, interval.low, interval.high));
      const turned = pairedBootstrap({ ...given, baseline: candidate, candidate: baseline });
      assert.ok(Math.abs(turned.low + interval.high) < 1e-9 && Math.abs(turned.high + interval.low) < 1e-9);
    }), { numRuns: 60 });
  });

  it("a bootstrap of a constant difference d is [d, d], whatever the scores and the conversations", () => {
    fc.assert(fc.property(fc.array(score, { minLength: 1, maxLength: 20 }), score, (baseline, difference) => {
      const candidate = baseline.map((each) => each + difference);
      const interval = pairedBootstrap({ baseline, candidate, confidence: 0.95, clusters: baseline.map((_, index) => index >> 1) });
      assert.ok(interval.low === interval.point && interval.high === interval.point && Math.abs(interval.point - difference) < 1e-12);
    }));
  });

  it("a bootstrap with a conversation for each record is the one without conversations, and few conversations widen it", () => {
    const baseline = Array.from({ length: 40 }, () => 0.5);
    const candidate = baseline.map((each, index) => each + (index < 20 ? 0.3 : -0.1));
    const given = { baseline, candidate, confidence: 0.95, resamples: 2000, seed: 1 };
    const alone = pairedBootstrap(given);
    assert.deepEqual(pairedBootstrap({ ...given, clusters: baseline.map((_, index) => index) }), alone);
    const together = pairedBootstrap({ ...given, clusters: baseline.map((_, index) => `conversation ${index % 20 < 10 ? 0 : 1}, ${index < 20}`) });
    assert.ok(together.high - together.low > alone.high - alone.low);
  });

  it("lists of different lengths are refused with their lengths", () => {
    assert.throws(() => pairedBootstrap({ baseline: [1], candidate: [1, 2], confidence: 0.95 }), /1 scores of the baseline, 2 of the candidate/);
    assert.throws(() => spearman({ x: [1], y: [] }), RangeError);
    assert.throws(() => confusionMatrix({ truth: ["a"], predicted: [] }), RangeError);
    assert.throws(() => bleu({ hypotheses: ["a"], references: [] }), RangeError);
    assert.throws(() => chrf({ hypotheses: ["a"], references: [] }), RangeError);
  });

  it("Wilcoxon's p is a chance, and the same when every sign turns", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 60 }), (differences) => {
      const { statistic, p_value } = wilcoxonSignedRank({ differences });
      assert.ok(p_value > 0 && p_value <= 1 && statistic >= 0);
      assert.ok(Math.abs(wilcoxonSignedRank({ differences: differences.map((each) => -each) }).p_value - p_value) < 1e-12);
    }));
  });

  it("Holm's values are at least the p values, in their order, and reject what is at most alpha", () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (p_values) => {
      const { adjusted, reject } = holm({ p_values, alpha: 0.05 });
      for (const [index, p] of p_values.entries()) {
        const own = adjusted[index] ?? Number.NaN;
        assert.ok(own >= p && own <= 1);
        for (const [other, q] of p_values.entries()) if (p < q) assert.ok(own <= (adjusted[other] ?? Number.NaN));
        if (Math.abs(own - 0.05) > 1e-12) assert.equal(reject[index], own < 0.05);
      }
    }));
    assert.deepEqual(holm({ p_values: [Number.NaN, 0.03], alpha: 0.05 }), { adjusted: [Number.NaN, 0.03], reject: [false, true] });
  });

  it("κ is 1 for a rater and itself, symmetric, and at most 1", () => {
    fc.assert(fc.property(labelPairs, fc.constantFrom(undefined, "quadratic" as const), (pairs, weights) => {
      const [rater_a, rater_b] = apart(pairs);
      const given = weights ? { weights } : {};
      const { kappa } = cohenKappa({ rater_a, rater_b, ...given });
      assert.ok(Number.isNaN(kappa) || kappa <= 1);
      assert.ok(Object.is(kappa, cohenKappa({ rater_a: rater_b, rater_b: rater_a, ...given }).kappa) || Math.abs(kappa - cohenKappa({ rater_a: rater_b, rater_b: rater_a, ...given }).kappa) < 1e-12);
      assert.equal(cohenKappa({ rater_a, rater_b: rater_a, ...given }).kappa, new Set(rater_a).size === 1 ? Number.NaN : 1);
    }));
  });

  it("a rank correlation lies between −1 and 1, is symmetric, and sees order only", () => {
    fc.assert(fc.property(scorePairs, (pairs) => {
      const [x, y] = apart(pairs);
      const { correlation } = spearman({ x, y });
      assert.ok(Number.isNaN(correlation) || between(correlation, -1, 1));
      assert.ok(Object.is(spearman({ x: y, y: x }).correlation, correlation));
      assert.ok(Object.is(spearman({ x: x.map((each) => each ** 3 + 7), y }).correlation, correlation));
    }));
  });

  it("a classification's scores lie between 0 and 1, micro F1 over all labels is the accuracy, and the matrix counts every pair", () => {
    fc.assert(fc.property(labelPairs, (pairs) => {
      const [truth, predicted] = apart(pairs);
      const report = classificationReport({ truth, predicted });
      for (const { precision, recall, f1 } of [...Object.values(report.per_class), report.macro, report.micro, report.weighted]) assert.ok([precision, recall, f1].every((each) => between(each, 0, 1)));
      assert.ok(Math.abs(report.micro.f1 - report.accuracy) < 1e-12 && Math.abs(report.weighted.recall - report.accuracy) < 1e-12);
      const { labels, matrix } = confusionMatrix({ truth, predicted });
      assert.equal(matrix.flat().reduce((sum, each) => sum + each, 0), pairs.length);
      assert.deepEqual(confusionMatrix({ labels, truth: predicted, predicted: truth }).matrix, labels.map((_, row) => matrix.map((counts) => counts[row])));
    }));
  });

  it("an edit distance is symmetric, zero for equal texts alone, at most the longer text, and keeps the triangle", () => {
    fc.assert(fc.property(text, text, text, (a, b, c) => {
      const distance = (first: string, second: string): number => editDistance({ a: first, b: second }).distance;
      assert.equal(distance(a, b), distance(b, a));
      assert.equal(distance(a, b) === 0, a === b);
      assert.ok(distance(a, b) <= Math.max(Array.from(a).length, Array.from(b).length));
      assert.ok(distance(a, c) <= distance(a, b) + distance(b, c));
      assert.ok(between(editSimilarity({ a, b }).similarity, 0, 1));
    }));
  });

  it("token F1 and ROUGE are symmetric in their F1, between 0 and 1, and 1 for a text with words and itself", () => {
    fc.assert(fc.property(sentence, sentence, fc.boolean(), (a, b, stemmer) => {
      const { f1 } = tokenF1({ prediction: a, references: [b] });
      assert.ok(between(f1, 0, 1) && Math.abs(tokenF1({ prediction: b, references: [a] }).f1 - f1) < 1e-12);
      assert.equal(tokenF1({ prediction: a, references: [b, a] }).f1, 1);
      const [there, back] = [rouge({ hypothesis: a, reference: b, stemmer }), rouge({ hypothesis: b, reference: a, stemmer })];
      for (const name of ["rouge1", "rouge2", "rougeL"] as const) assert.ok(between(there[name].f1, 0, 1) && Math.abs(there[name].f1 - back[name].f1) < 1e-12 && there[name].precision === back[name].recall);
    }));
  });

  it("BLEU and chrF lie between 0 and 100; a text of four tokens and itself has 100", () => {
    fc.assert(fc.property(sentence, sentence, (a, b) => {
      for (const { score: value } of [sentenceBleu({ hypothesis: a, references: [b] }), sentenceChrf({ hypothesis: a, references: [b] }), sentenceChrf({ hypothesis: a, references: [b], word_order: 2 })]) assert.ok(value >= 0 && value <= 100 + 1e-9);
      const whole = `${a} one two three four`;
      assert.ok(Math.abs(bleu({ hypotheses: [whole], references: [[b, whole]] }).score - 100) < 1e-9);
      assert.ok(Math.abs(chrf({ hypotheses: [whole], references: [[b, whole]] }).score - 100) < 1e-9);
    }));
    assert.equal(bleuSignature([["a"], ["b"]]), "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
  });

  it("percentiles lie among the values and do not mind their order", () => {
    fc.assert(fc.property(fc.array(score, { minLength: 1, maxLength: 40 }), (values) => {
      const { p50, p95 } = percentiles({ values });
      assert.ok(Math.min(...values) <= p50 && p50 <= p95 && p95 <= Math.max(...values));
      assert.deepEqual(percentiles({ values: values.toReversed() }), { p50, p95 });
    }));
  });
});

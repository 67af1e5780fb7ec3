import assert from "node:assert/strict";
import fc from "fast-check";
import { compareOutcomes } from "../../../src/evaluation/comparison.ts";
import { holm, pairedBootstrap, wilcoxonSignedRank } from "../../../src/evaluation/index.ts";
import { judge, judgeMetrics, type MetricOutcomes } from "../../../src/evaluation/verdict.ts";

type Pairs = MetricOutcomes["pairs"];
const scores = (pairs: Pairs, id = "token-f1"): MetricOutcomes => ({ id, title: id, kind: "score", pairs });
const passes = (pairs: Pairs, id = "exact-match"): MetricOutcomes => ({ id, title: id, kind: "pass-fail", pairs });
const times = (number: number, base: number | undefined, tuned: number | undefined): Pairs => Array.from({ length: number }, () => ({ base, tuned }));
/** Scores whose differences vary around `shift`, in hundredths. */
const shifted = (number: number, shift: number): Pairs => Array.from({ length: number }, (_, index) => ({ base: 0.5, tuned: 0.5 + shift + ((index * 7) % 11 - 5) / 100 }));

describe("verdict over several metrics", () => {
  it("is for one pass or fail metric the verdict that the counts give", () => {
    const { overall, verdicts } = judgeMetrics([passes([...times(60, 1, 1), ...times(12, 0, 1), ...times(8, 1, 0), ...times(20, 0, 0)])]);
    const { outcome, headline, words, recordsNeeded } = judge({ both: 60, only_candidate: 12, only_baseline: 8, neither: 20 });
    assert.deepEqual([verdicts[0]?.outcome, verdicts[0]?.headline, verdicts[0]?.words, verdicts[0]?.recordsNeeded], [outcome, headline, words, recordsNeeded]);
    assert.deepEqual([overall.outcome, overall.recordsNeeded], ["cannot-tell", 882]);
  });

  it("judges scores by the BCa interval and Wilcoxon's test, and says both", () => {
    const { overall, verdicts } = judgeMetrics([scores(shifted(60, 0.08))]);
    assert.equal(overall.outcome, "better");
    assert.match(verdicts[0]?.words ?? "", /^The tuned model's mean score is 8\.0 points of 100 higher than its base's, over 60 records\. The 95 % interval of that difference is \+7\.2 to \+8\.8 points, by the BCa bootstrap, and Wilcoxon's signed-rank test gives p < 0\.0001\.$/);
    assert.equal(judgeMetrics([scores(shifted(60, -0.08))]).overall.outcome, "worse");
  });

  it("corrects for the number of metrics: what one metric would show alone, it does not show among four", () => {
    const weak = scores(times(20, 0.5, 0.5).map((pair, index) => ({ ...pair, tuned: 0.5 + (index % 10 >= 3 ? index + 1 : -index - 1) / 100 })), "weak");
    const nothing = Array.from({ length: 3 }, (_, index) => scores(shifted(20, 0), `nothing ${index}`));
    assert.equal(judgeMetrics([weak]).overall.outcome, "better");
    const { overall, verdicts } = judgeMetrics([weak, ...nothing]);
    assert.equal(overall.outcome, "cannot-tell");
    assert.match(verdicts[0]?.words ?? "", /gives p = 0\.\d+, 0\.\d+ after Holm's correction for 4 metrics\. .*more test records are needed\.$/);
    assert.deepEqual(verdicts.map(({ adjusted }) => adjusted), holm({ p_values: verdicts.map(({ comparison }) => comparison.p), alpha: 0.05 }).adjusted);
  });

  it("does not count a metric that applies to no record to the family", () => {
    const { verdicts } = judgeMetrics([scores(shifted(60, 0.08)), scores([], "empty")]);
    assert.doesNotMatch(verdicts[0]?.words ?? "", /Holm/);
    assert.equal(verdicts[1]?.words, "No record was answered by both models.");
  });

  it("says that metrics contradict each other, and picks no winner then", () => {
    const { overall } = judgeMetrics([scores(shifted(60, 0.08), "BLEU"), passes(times(40, 1, 0), "exact match"), scores(shifted(60, 0), "chrF")]);
    assert.deepEqual([overall.outcome, overall.headline, overall.words], ["cannot-tell", "The tuned model is better by some metrics and worse by others", "Better by BLEU. Worse by exact match. Cannot tell by chrF."]);
  });

  it("cannot tell where the ranks point away from the mean", () => {
    const { verdicts } = judgeMetrics([scores([...times(70, 0.5, 0.51), ...times(10, 1, 0.4)].map((pair, index) => ({ ...pair, tuned: (pair.tuned ?? 0) + index / 1e6 })))]);
    const { comparison, outcome } = verdicts[0] ?? assert.fail();
    assert.ok(comparison.high < 0 && comparison.p < 0.05 && !comparison.sameDirection);
    assert.equal(outcome, "cannot-tell");
    assert.match(verdicts[0]?.words ?? "", /interval and test do not agree on it\.$/);
  });

  it("takes records of one conversation together: what looks sure record by record is not, from three conversations", () => {
    const pairs = [...times(10, 0, 1), ...times(10, 0, 1), ...times(10, 0, 1)].map((pair, index) => ({ ...pair, conversation: `conversation ${Math.floor(index / 10)}` }));
    assert.equal(judgeMetrics([passes(times(30, 0, 1))]).overall.outcome, "better");
    const { verdicts } = judgeMetrics([passes(pairs)]);
    assert.equal(verdicts[0]?.outcome, "cannot-tell");
    assert.match(verdicts[0]?.words ?? "", /of 30 records in 3 conversations, 30 only it has right .* Wilcoxon's signed-rank test gives p = 0\.250\. .*about 3 more/);
    const apart = times(30, 0, 1).map((pair, index) => ({ ...pair, conversation: index }));
    assert.equal(judgeMetrics([passes(apart)]).overall.outcome, "better");
  });

  it("says of one record that it shows nothing, without a number that is none", () => {
    for (const metric of [scores(times(1, 0.2, 0.9)), passes(times(5, 0, 1).map((pair) => ({ ...pair, conversation: "one" })))]) {
      const { outcome, words } = judgeMetrics([metric]).verdicts[0] ?? assert.fail();
      assert.equal(outcome, "cannot-tell");
      assert.doesNotMatch(words, /NaN|Infinity/);
      assert.match(words, /One (record|conversation) alone shows nothing\.$/);
    }
  });

  it("claims nothing that the missing answers could turn, with scores as with pass or fail", () => {
    assert.equal(judgeMetrics([scores([...shifted(60, 0.08), ...times(2, undefined, 0.5)])]).overall.outcome, "better");
    const { outcome, words } = judgeMetrics([scores([...shifted(60, 0.08), ...times(40, 0.5, undefined)])]).verdicts[0] ?? assert.fail();
    assert.equal(outcome, "cannot-tell");
    assert.match(words, /40 records had no answer .* could turn the verdict/);
  });

  it("is never sure without interval, test and direction, and turns with its models", () => {
    const score = fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10);
    const opposite = { better: "worse", worse: "better", "cannot-tell": "cannot-tell" } as const;
    fc.assert(fc.property(fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (pairs, size) => {
      const family = Array.from({ length: size }, (_, index) => scores(pairs.map(([base, tuned]) => ({ base, tuned })), String(index)));
      const { outcome } = judgeMetrics(family).overall;
      const [baseline, candidate] = [pairs.map(([base]) => base), pairs.map(([, tuned]) => tuned)];
      const { low, high } = pairedBootstrap({ baseline, candidate, confidence: 0.95 });
      const { p_value } = wilcoxonSignedRank({ differences: candidate.map((each, index) => each - (baseline[index] ?? 0)) });
      if (outcome !== "cannot-tell") assert.ok((low > 0 || high < 0) && p_value * size < 0.05);
      const turned = judgeMetrics(family.map((metric) => ({ ...metric, pairs: metric.pairs.map(({ base, tuned }) => ({ base: tuned, tuned: base })) })));
      assert.equal(turned.overall.outcome, opposite[outcome]);
    }), { numRuns: 40 });
  });

  it("gives the variance of the differences as the spread, and a larger one where conversations differ", () => {
    const { spread } = compareOutcomes({ kind: "score", baseline: [0, 0, 0, 0], candidate: [0.1, 0.3, 0.1, 0.3] });
    assert.ok(Math.abs(spread - 0.04 / 3) < 1e-12);
    assert.ok(compareOutcomes({ kind: "score", baseline: [0, 0, 0, 0], candidate: [0.1, 0.1, 0.3, 0.3], clusters: ["a", "a", "b", "b"] }).spread > spread);
  });
});

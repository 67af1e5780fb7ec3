import assert from "node:assert/strict";
import fc from "fast-check";
import { exactMatch, mcnemarExact, minimumDetectableDifference, newcombePairedInterval, pairedPower, rowsStillNeeded, ruleOfThree, wilsonHalfWidth, wilsonInterval } from "../../../src/evaluation/index.ts";
import { normalCumulative, normalQuantile } from "../../../src/evaluation/statistics/normal.ts";

const close = (actual: number, expected: number, relative = 1e-12): void => {
  assert.ok(Math.abs(actual - expected) <= relative * Math.max(1e-300, Math.abs(expected)) || Math.abs(actual - expected) < 1e-15, `${actual} is not ${expected}`);
};
const counts = fc.record({ both: fc.nat(60), only_candidate: fc.nat(60), only_baseline: fc.nat(60), neither: fc.nat(60) });

describe("statistics", () => {
  it("normal quantile equals scipy's norm.ppf", () => {
    const vectors: [number, number][] = [[1e-300, -37.0470962993612], [1e-20, -9.262340089798409], [1e-5, -4.264890793922825], [0.025, -1.9599639845400545], [0.3, -0.5244005127080409], [0.5, 0], [0.8, 0.8416212335729143], [0.95, 1.6448536269514722], [0.975, 1.959963984540054], [0.9995, 3.2905267314919255]];
    for (const [probability, expected] of vectors) close(normalQuantile(probability), expected);
    assert.deepEqual([normalQuantile(0), normalQuantile(1), normalQuantile(1.1)], [-Infinity, Infinity, Number.NaN]);
  });

  it("normal distribution equals scipy's norm.cdf", () => {
    const vectors: [number, number][] = [[-10, 7.61985302416047e-24], [-5, 2.866515718791933e-7], [-3.1, 0.0009676032132183563], [-2, 0.022750131948179195], [-0.5, 0.3085375387259869], [0, 0.5], [0.7, 0.758036347776927], [1.96, 0.9750021048517795], [2.9, 0.998134186699616], [3, 0.9986501019683699], [6, 0.9999999990134123]];
    for (const [z, expected] of vectors) close(normalCumulative(z), expected, 1e-11);
  });

  it("Wilson interval equals statsmodels' proportion_confint", () => {
    const vectors: [number, number, number, number, number][] = [[0, 10, 0.95, 0, 0.2775327998628892], [10, 10, 0.95, 0.7224672001371107, 1], [3, 10, 0.95, 0.10779126740630099, 0.6032218525388546], [97, 100, 0.95, 0.9154806357094724, 0.9897454759759611], [50, 1000, 0.99, 0.03502507572253244, 0.0709069726905337], [1, 1, 0.9, 0.269865948784054, 1]];
    for (const [successes, n, confidence, low, high] of vectors) {
      const interval = wilsonInterval({ successes, n, confidence });
      close(interval.low, low);
      close(interval.high, high);
    }
    assert.deepEqual(wilsonInterval({ successes: 0, n: 0, confidence: 0.95 }), { low: Number.NaN, high: Number.NaN });
    assert.equal(wilsonHalfWidth({ rate: 0.8, n: 100, confidence: 0.95 }).half_width.toFixed(3), "0.078");
  });

  it("Wilson interval contains its rate and mirrors it", () => {
    fc.assert(fc.property(fc.nat(500), fc.nat(500), fc.constantFrom(0.8, 0.95, 0.99), (successes, failures, confidence) => {
      const n = successes + failures;
      fc.pre(n > 0);
      const { low, high } = wilsonInterval({ successes, n, confidence });
      assert.ok(0 <= low && low <= successes / n && successes / n <= high && high <= 1);
      const mirrored = wilsonInterval({ successes: failures, n, confidence });
      assert.ok(Math.abs(mirrored.low - (1 - high)) < 1e-12);
    }));
  });

  it("Newcombe's interval equals its formula written over statsmodels' Wilson limits", () => {
    const vectors: [number, number, number, number, number, number, number][] = [
      [36, 12, 2, 0, 0.2, 0.0569295840032388, 0.3404276029749408] ,
      [20, 0, 0, 30, 0.0, -0.04038033158297435, 0.04038033158297433] ,
      [0, 97, 0, 3, 0.97, 0.9041146450853187, 0.9897454759759611] ,
      [45, 5, 3, 47, 0.02, -0.03779856665961859, 0.07735722297377473] ,
      [1, 1, 1, 1, 0.0, -0.4949196078428281, 0.4949196078428281] ,
      [0, 0, 10, 0, -1.0, -1.0, -0.6075093504305241] ,
      [54, 0, 0, 0, 0.0, -0.06641358809089648, 0.06641358809089648] ,
    ];
    for (const [both, only_candidate, only_baseline, neither, difference, low, high] of vectors) {
      const interval = newcombePairedInterval({ both, only_candidate, only_baseline, neither, confidence: 0.95 });
      close(interval.difference, difference);
      close(interval.low, low);
      close(interval.high, high);
    }
  });

  it("Newcombe's interval contains the difference and turns its sign when the models change places", () => {
    fc.assert(fc.property(counts, (each) => {
      fc.pre(each.both + each.only_candidate + each.only_baseline + each.neither > 0);
      const { difference, low, high } = newcombePairedInterval({ ...each, confidence: 0.95 });
      assert.ok(low <= difference && difference <= high && low >= -1 && high <= 1);
      const swapped = newcombePairedInterval({ ...each, only_candidate: each.only_baseline, only_baseline: each.only_candidate, confidence: 0.95 });
      assert.ok(Math.abs(swapped.low + high) < 1e-12 && Math.abs(swapped.high + low) < 1e-12);
    }));
  });

  it("Newcombe's interval gives the limits that Newcombe printed, some of them cut and not rounded (Statistics in Medicine 17 (1998) 2635, table III, method 10)", () => {
    const printed: [number, number, number, number, string, string][] = [
      [36, 12, 2, 0, "0.0569", "0.3404"], [20, 12, 2, 16, "0.0562", "0.3292"], [18, 12, 2, 18, "0.0562", "0.3290"],
      [36, 14, 0, 0, "0.1528", "0.4167"], [35, 14, 0, 1, "0.1461", "0.4175"], [18, 14, 0, 18, "0.1441", "0.3963"],
      [2, 97, 1, 0, "0.8721", "0.9854"], [1, 97, 1, 1, "0.8736", "0.9850"], [0, 29, 1, 0, "0.6666", "0.9882"],
      [2, 98, 0, 0, "0.9178", "0.9945"], [1, 98, 0, 1, "0.9171", "0.9916"], [0, 30, 0, 0, "0.8395", "1.0000"],
      [54, 0, 0, 0, "-0.0664", "0.0664"], [53, 0, 0, 1, "-0.0729", "0.0729"], [30, 0, 0, 24, "-0.0358", "0.0358"],
      [29, 0, 0, 25, "-0.0354", "0.0354"], [28, 0, 0, 26, "-0.0352", "0.0352"], [27, 0, 0, 27, "-0.0351", "0.0351"],
    ];
    for (const [both, only_candidate, only_baseline, neither, low, high] of printed) {
      const interval = newcombePairedInterval({ both, only_candidate, only_baseline, neither, confidence: 0.95 });
      assert.ok(Math.abs(interval.low - Number(low)) < 1e-4 && Math.abs(interval.high - Number(high)) < 1e-4, `${both} ${only_candidate} ${only_baseline} ${neither}: ${interval.low} to ${interval.high}`);
    }
  });

  it("Newcombe's interval equals contingencytables' examples (Bentur et al. 2009, Cavo et al. 2012) and Altman's (Statistics with confidence, 2000)", () => {
    const examples: [number, number, number, number, string, string][] = [[1, 1, 7, 12, "-0.5069", "-0.0256"], [59, 6, 16, 80, "-0.1186", "-0.0046"], [14, 5, 0, 22, "0.0115", "0.2265"]];
    for (const [both, only_candidate, only_baseline, neither, low, high] of examples) {
      const interval = newcombePairedInterval({ both, only_candidate, only_baseline, neither, confidence: 0.95 });
      assert.deepEqual([interval.low.toFixed(4), interval.high.toFixed(4)], [low, high]);
    }
  });

  it("what is not defined is NaN, never 0 or 1", () => {
    const nothing = newcombePairedInterval({ both: 0, only_candidate: 0, only_baseline: 0, neither: 0, confidence: 0.95 });
    const undefinedValues = [
      ...Object.values(nothing), ...Object.values(wilsonInterval({ successes: 3, n: 2, confidence: 0.95 })), wilsonHalfWidth({ rate: 0.8, n: 0, confidence: 0.95 }).half_width,
      minimumDetectableDifference({ n: 0, discordant_share: 0.2, alpha: 0.05, power: 0.8 }).difference, pairedPower({ n: 0, difference: 0.1, discordant_share: 0.2, alpha: 0.05 }).power,
      mcnemarExact({ b: -1, c: 2 }).p_value, mcnemarExact({ b: 1.5, c: 2 }).p_value,
    ];
    assert.deepEqual(undefinedValues.filter((value) => !Number.isNaN(value)), []);
  });

  it("exact McNemar equals statsmodels' mcnemar(exact=True)", () => {
    const vectors: [number, number, number][] = [[0, 0, 1], [1, 0, 1], [5, 1, 0.21875], [10, 3, 0.09228515625], [7, 7, 1], [60, 30, 0.0020602656809630745], [1200, 1100, 0.03896685268382023], [97, 0, 1.262177448353619e-29], [5000, 5300, 0.003215819673645239], [1000, 0, 1.8665272370064378e-301], [1100, 0, 0]];
    for (const [b, c, p] of vectors) {
      close(mcnemarExact({ b, c }).p_value, p);
      assert.equal(mcnemarExact({ b: c, c: b }).p_value, mcnemarExact({ b, c }).p_value);
    }
  });

  it("power: the published table, and the functions agree with one another", () => {
    const detectable = [[30, 22.9], [50, 17.7], [100, 12.5], [200, 8.9], [500, 5.6], [1000, 4.0]] as const;
    for (const [n, percent] of detectable) assert.equal((100 * minimumDetectableDifference({ n, discordant_share: 0.2, alpha: 0.05, power: 0.8 }).difference).toFixed(1), percent.toFixed(1));
    const { difference } = minimumDetectableDifference({ n: 100, discordant_share: 0.2, alpha: 0.05, power: 0.8 });
    close(pairedPower({ n: 100, difference, discordant_share: 0.2, alpha: 0.05 }).power, 0.8, 1e-10);
    assert.equal(rowsStillNeeded({ n: 100, difference: 0.05, discordant_share: 0.2, alpha: 0.05, power: 0.8 }).rows, 528);
    assert.equal(rowsStillNeeded({ n: 100, difference: 0, discordant_share: 0.2, alpha: 0.05, power: 0.8 }).rows, Infinity);
  });

  it("rule of three, and exact match without trimming or folding", () => {
    assert.deepEqual([ruleOfThree({ failures: 0, n: 100 }), ruleOfThree({ failures: 1, n: 100 }), ruleOfThree({ failures: 0, n: 2 })], [{ upper_failure_rate: 0.03 }, { upper_failure_rate: Number.NaN }, { upper_failure_rate: 1 }]);
    assert.deepEqual([exactMatch({ prediction: "a", reference: "a" }), exactMatch({ prediction: "a ", reference: "a" }), exactMatch({ prediction: "\u00e9", reference: "e\u0301" })], [{ match: true }, { match: false }, { match: false }]);
  });
});

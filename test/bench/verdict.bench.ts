import { judgeMetrics, type MetricOutcomes } from "../../src/evaluation/verdict.ts";
import { minimumDetectableDifference, pairedPower } from "../../src/evaluation/statistics/power.ts";
import { xoshiro128, type RandomIndex } from "../../src/evaluation/statistics/random.ts";

/**
 * How often a verdict errs, by seeded simulation. The null experiment: both runs are sampled from one simulated model, each record with a difficulty of its own, so every
 * "better" or "worse" is wrong. Then a difference of a known size is planted, at the number of records at which the power formula promises to find it four times
 * out of five. Scores are what a text metric gives: many zeros and ones, the rest between.
 */
/** Wanted is a number of the first hundred seeds; a share over more seeds is nearer to the truth. A bootstrap takes ten thousand resamples, so scores have fewer. */
const counted = 100;
const seeds = { many: 1000, few: 300 };
const records = 400;
const alpha = 0.05;
const power = 0.8;

type Kind = MetricOutcomes["kind"];
type Pair = MetricOutcomes["pairs"][number];

const uniform = (next: RandomIndex): number => next(1 << 20) / (1 << 20);

/** One answer's outcome, where `rate` is the chance that this record is answered well. */
function sample(kind: Kind, rate: number, next: RandomIndex): number {
  if (kind === "pass-fail") return Number(uniform(next) < rate);
  const quality = rate + (uniform(next) - 0.5) * 0.6;
  return Math.round(100 * Math.min(1, Math.max(0, quality))) / 100;
}

function pairsOfOneModel(kind: Kind, seed: number): Pair[] {
  const next = xoshiro128(seed);
  return Array.from({ length: records }, () => {
    const rate = uniform(next);
    return { base: sample(kind, rate, next), tuned: sample(kind, rate, next) };
  });
}

/** A whole conversation goes one way or the other: all its records are right or wrong together. */
function pairsOfWholeConversations(seed: number, size: number, told: boolean): Pair[] {
  const next = xoshiro128(seed);
  return Array.from({ length: records / size }, (_, conversation) => {
    const rate = uniform(next);
    const pair = { base: sample("pass-fail", rate, next), tuned: sample("pass-fail", rate, next), ...(told ? { conversation } : {}) };
    return Array.from({ length: size }, () => pair);
  }).flat();
}

interface Outcomes {
  readonly better: number;
  readonly worse: number;
  /** Seeds with which some metric claimed a difference, among the first hundred and among all. */
  readonly claimed: number;
  readonly claimedFirst: number;
  readonly of: number;
}

function count(of: number, metrics: (seed: number) => readonly Pick<MetricOutcomes, "kind" | "pairs">[]): Outcomes {
  let [better, worse, claimed, claimedFirst] = [0, 0, 0, 0];
  for (let seed = 1; seed <= of; seed++) {
    const { overall, verdicts } = judgeMetrics(metrics(seed).map((each, index) => ({ id: String(index), title: String(index), ...each })));
    better += Number(overall.outcome === "better");
    worse += Number(overall.outcome === "worse");
    if (!verdicts.some(({ outcome }) => outcome !== "cannot-tell")) continue;
    claimed += 1;
    claimedFirst += Number(seed <= counted);
  }
  return { better, worse, claimed, claimedFirst, of };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** Twice the standard error of a share. */
const around = (share: number, of: number): string => `±${(200 * Math.sqrt((share * (1 - share)) / of)).toFixed(1)}`;

function print(what: string, { better, worse, claimed, claimedFirst, of }: Outcomes): void {
  console.log(`  ${what.padEnd(60)} ${counted - claimedFirst} of ${counted} cannot tell; ${percent(1 - claimed / of)} ${around(claimed / of, of)} of ${of} (better ${better}, worse ${worse})`);
}

console.log(`No difference: two sampled runs of one model, ${records} records; wanted: at least 95 of 100 cannot tell, and 95 % is what a test at 0.05 promises`);
print("pass or fail", count(seeds.many, (seed) => [{ kind: "pass-fail", pairs: pairsOfOneModel("pass-fail", seed) }]));
print("scores", count(seeds.few, (seed) => [{ kind: "score", pairs: pairsOfOneModel("score", seed) }]));
print("four metrics together", count(seeds.few, (seed) => [0, 1, 2, 3].map((index) => {
  const kind = index < 2 ? "pass-fail" as const : "score" as const;
  return { kind, pairs: pairsOfOneModel(kind, seed * 1000 + index) };
})));
print("conversations of 4 records that stand or fall together", count(seeds.many, (seed) => [{ kind: "pass-fail", pairs: pairsOfWholeConversations(seed, 4, true) }]));
print("the same, not told which (why they are asked for)", count(seeds.many, (seed) => [{ kind: "pass-fail", pairs: pairsOfWholeConversations(seed, 4, false) }]));

/** Pairs of which `share` differ and the tuned model wins by `difference` on average. */
function planted(n: number, difference: number, share: number, seed: number): Pair[] {
  const next = xoshiro128(seed);
  const won = (share + difference) / 2;
  return Array.from({ length: n }, () => {
    const luck = uniform(next);
    if (luck < won) return { base: 0, tuned: 1 };
    if (luck < share) return { base: 1, tuned: 0 };
    const same = Number(uniform(next) < 0.7);
    return { base: same, tuned: same };
  });
}

function plantedScores(n: number, difference: number, deviation: number, seed: number): Pair[] {
  const next = xoshiro128(seed);
  // The sum of twelve uniform numbers is near enough to normal; its variance is 1.
  const normal = (): number => Array.from({ length: 12 }, () => uniform(next)).reduce((sum, each) => sum + each, -6);
  return Array.from({ length: n }, () => ({ base: 0.5, tuned: 0.5 + difference + deviation * normal() }));
}

function recordsFor(difference: number, spread: number): number {
  let n = 1;
  while (minimumDetectableDifference({ n, discordant_share: spread, alpha, power }).difference > difference) n += 1;
  return n;
}

function printFound(what: string, n: number, spread: number, { better, worse, of }: Outcomes): void {
  const stated = pairedPower({ n, difference: 0.05, discordant_share: spread, alpha }).power;
  console.log(`  ${`${what}, ${n} records`.padEnd(60)} found ${percent(better / of)} ${around(better / of, of)} of ${of}, stated ${percent(stated)} (worse ${worse})`);
}

console.log("\nA planted difference of 5 points, at the number of records for which the formula states its power (exact tests cost a little of it)");
for (const share of [0.1, 0.2, 0.3]) {
  const n = recordsFor(0.05, share);
  printFound(`pass or fail, ${share * 100} % of records differ`, n, share, count(seeds.many, (seed) => [{ kind: "pass-fail", pairs: planted(n, 0.05, share, seed) }]));
}
for (const deviation of [0.2, 0.4]) {
  const n = recordsFor(0.05, deviation ** 2);
  printFound(`scores, differences with a deviation of ${deviation}`, n, deviation ** 2, count(seeds.few, (seed) => [{ kind: "score", pairs: plantedScores(n, 0.05, deviation, seed) }]));
}

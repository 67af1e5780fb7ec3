import fc from "fast-check";
import { checkDataset, mutatedDatasets } from "../support/mutated-datasets.ts";

/** Lints and fixes as many mutated records as the first argument says, from the seed of the second, and prints how it went. */
const wanted = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() & 0x7fffffff);
const perRound = 5000;
let records = 0;
let datasets = 0;
let longest = 0;
const begun = performance.now();
console.log(`seed ${seed}`);
for (let round = 0; records < wanted; round++) {
  fc.assert(fc.property(mutatedDatasets(), (dataset) => {
    const start = performance.now();
    checkDataset(dataset);
    longest = Math.max(longest, performance.now() - start);
    records += dataset.records;
    datasets++;
  }), { numRuns: perRound, seed: seed + round });
  if (round % 20 === 19) console.log(`${records.toLocaleString("en")} records, ${Math.round((performance.now() - begun) / 1000)} s`);
}
console.log(`${records.toLocaleString("en")} mutated records in ${datasets.toLocaleString("en")} datasets: no crash, no change outside an edit, fixing twice changes nothing; the longest took ${longest.toFixed(0)} ms, all ${Math.round((performance.now() - begun) / 1000)} s.`);

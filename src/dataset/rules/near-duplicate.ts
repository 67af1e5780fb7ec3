import { createLaterProblems } from "../later-problems.ts";
import { bandPlan } from "../similarity/min-hash.ts";
import { createNearPairs } from "../similarity/near-pairs.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const nearDuplicate: DatasetRule = {
  id: "near-duplicate",
  severity: "warning",
  summary: "A record says nearly the same as one before it; the model learns what they share by heart, and one of them may end up in the validation file.",
  explanation: "Compared are the runs of five words of whole records, lower-cased and without punctuation: four in five of all that two records have must stand in both (Jaccard 0.80, `nearDuplicates.similarity` in tunesmith.jsonc says otherwise). A system message that is more than half of a record is left out, and where many records are alike, half of what they have beside what most records share must stand in both: a template that all are written into makes no duplicates. Records are found by MinHash with a probability of 99 in 100 at that measure, and each pair is then compared for itself; in groups of many that are alike, a record is compared with the first and with those just before it. Keep the better one of the two. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/2107.06499",
  comparesTexts: true,
  needsLikeness: true,
  isSlow: true,
  begin: ({ settings: { similarity }, createTable }) => {
    const plan = bandPlan(similarity);
    const pairs = createNearPairs(similarity, plan, createTable);
    let count = 0;
    return {
      add({ fingerprint, likeness }) {
        const record = count++;
        // Of a record that equals another `duplicate-record` tells.
        if (likeness) pairs.add(record, fingerprint, likeness);
        return nothing;
      },
      finish({ reread, places }) {
        if (!reread) return nothing;
        const problems = createLaterProblems();
        for (const { record, before, similarity: measured } of pairs.find((records, take) => reread({ records, lines: records.map(places.line) }, take), places.length)) {
          problems.add(() => ({
            line: places.line(record), start: places.start(record), end: places.end(record),
            message: `This record says nearly the same as the one on line ${places.line(before) + 1}: ${Math.floor(measured * 100)} % of their runs of five words stand in both. Keep one of them.`,
            fixes: places.isRemovable(record) ? [{ title: "Remove the near duplicate", safe: false, removesRecord: true }] : [],
            related: [{ line: places.line(before) }],
          }));
        }
        return problems.all();
      },
    };
  },
};

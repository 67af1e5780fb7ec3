import { createGrowingArray } from "../growing-array.ts";
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
  begin: ({ settings: { similarity } }) => {
    const plan = bandPlan(similarity);
    const pairs = createNearPairs(similarity, plan);
    const lines = createGrowingArray((length) => new Uint32Array(length));
    /** How many characters it has, and in the two upper bits whether they are not to be marked, as they stand on several lines, and whether its line can be removed. */
    const marks = createGrowingArray((length) => new Uint32Array(length));
    return {
      add({ line, lines: own, length, element, lineBreak, fingerprint, likeness }) {
        const record = lines.length;
        lines.push(line);
        marks.push(length | (own === 1 && !element ? 0 : unmarked) | (own === 1 && !element && lineBreak !== "" ? removable : 0));
        // Of a record that equals another `duplicate-record` tells.
        if (likeness) pairs.add(record, fingerprint, likeness);
        return nothing;
      },
      finish({ reread }) {
        const problems = createLaterProblems();
        const numbers = lines.finish();
        const marked = marks.finish();
        if (!reread) return nothing;
        const near = pairs.find((records, take) => reread({ records, lines: records.map((record) => numbers[record] ?? 0) }, take), (record) => (marked[record] ?? 0) & longest);
        for (const { record, before, similarity: measured } of near) {
          const mark = marked[record] ?? 0;
          problems.add(() => ({
            line: numbers[record] ?? 0, start: 0, end: (mark & unmarked) === 0 ? mark & longest : 0,
            message: `This record says nearly the same as the one on line ${(numbers[before] ?? 0) + 1}: ${Math.floor(measured * 100)} % of their runs of five words stand in both. Keep one of them.`,
            fixes: (mark & removable) !== 0 ? [{ title: "Remove the near duplicate", safe: false, removesRecord: true }] : [],
            related: [{ line: numbers[before] ?? 0 }],
          }));
        }
        return problems.all();
      },
    };
  },
};

/** No text has more characters (V8: 2 to the power of 29). */
const longest = 2 ** 30 - 1;
const unmarked = 1 << 30;
const removable = 1 << 31;

import { createLabels } from "../labels.ts";
import { aboutFile, nothing, type DatasetRule, type LaterProblem } from "./rule.ts";

/** Labels that a finding names the lines of. */
const named = 5;
/** The share of a file's labels that the training file must have too for both to be of one task. */
const common = 0.5;

export const missingClass: DatasetRule = {
  id: "missing-class",
  severity: "warning",
  summary: "A label of the training file has no record in a validation or test file, or the other way round, so that nothing is measured of it, or nothing learnt.",
  explanation: "What a validation file does not ask, nobody knows of the model; and of a label that the training file lacks, the model cannot give the answer. Compared are files that are checked together: those of one `lint`, the two of a launch file; which is which their names say. Answers count as labels where they are short and repeat; letter case and spaces do not count. Split anew by label, which keeps each in every part. A run with `--quick` leaves this out.",
  source: "https://scikit-learn.org/stable/modules/cross_validation.html#stratification",
  comparesTexts: true,
  needsLikeness: true,
  begin: ({ target: { method }, leaks: begin }) => {
    if (!begin || method === "rft") return { add: () => nothing, finish: () => nothing };
    const file = begin();
    const labels = createLabels();
    return {
      add(summary) {
        labels.add(summary);
        return nothing;
      },
      *finish(): Generator<LaterProblem> {
        const seen = labels.seen();
        const own = new Map([...seen].map(([label, spellings]) => [label, { count: spellings.reduce((sum, { count }) => sum + count, 0), first: Math.min(...spellings.map(({ first }) => first)) }]));
        for (const training of file.compareLabels({ labels: own, areLabels: labels.found().length > 0 })) {
          const shared = [...own.keys()].filter((label) => training.labels.has(label)).length;
          if (!training.areLabels || shared === 0 || shared < common * own.size) continue;
          const missing = [...training.labels].filter(([label]) => !own.has(label)).map(([, { first }]) => first).sort((a, b) => a - b);
          if (missing.length > 0) {
            const lines = `${missing.slice(0, named).map((line) => line + 1).join(", ")}${missing.length > named ? " and others" : ""}`;
            yield { ...aboutFile(`${missing.length} of the ${training.labels.size} labels of ${training.file} ${missing.length === 1 ? "has" : "have"} no record here (see its ${missing.length === 1 ? "line" : "lines"} ${lines}): nothing is measured of ${missing.length === 1 ? "it" : "them"}. Split anew by label.`), related: missing.slice(0, named).map((line) => ({ file: training.file, line })) };
          }
          for (const [label, spellings] of seen) {
            const [place] = spellings[0]?.places ?? [];
            if (place && !training.labels.has(label)) yield { ...place, message: `No record of ${training.file} has the label of this record, which ${own.get(label)?.count === 1 ? "one record has" : `${own.get(label)?.count} records have`} here: the model cannot learn it. Add records of it there, or take it out here.` };
          }
        }
      },
    };
  },
};

import type { Leak } from "../similarity/leaks.ts";
import { createLaterProblems } from "../later-problems.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const leakedRecord: DatasetRule = {
  id: "leaked-record",
  severity: "warning",
  summary: "A record of a validation or test file stands in a file before it, so that what is measured with it is what the model has learnt by heart.",
  explanation: "Training, validation and test files that are checked together are compared: those of one `lint`, the two of a launch file. Which is which their names say, or the names of their folders (`val`, `valid`, `validation` and `dev`; `test`, `eval` and `holdout`); any other is training data. A record is told once, on the later side: because it equals one before, says nearly the same (as `near-duplicate` measures it), has the same prompt, or belongs to the same conversation, whose first question and answer are the same. A shared system message is no leak, a question of fewer than five words opens no conversation, and a prompt or an opening that more than 20 records and more than 1 % of a file have is taken for a template. Remove the record from one of the files. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/2107.06499",
  comparesTexts: true,
  needsLikeness: true,
  begin: ({ leaks: begin }) => {
    if (!begin) return { add: () => nothing, finish: () => nothing };
    const leaks = begin();
    let count = 0;
    return {
      add({ line, length, fingerprint, likeness }) {
        if (likeness) leaks.add({ record: count, line, length, fingerprint }, likeness);
        count++;
        return nothing;
      },
      finish({ reread, places }) {
        const problems = createLaterProblems();
        if (reread) for (const leak of leaks.finish(reread)) {
          problems.add(() => ({ line: places.line(leak.record), start: places.start(leak.record), end: places.end(leak.record), message: `${says(leak)} Remove it from one of the two files.`, related: [{ file: leak.file, line: leak.line }] }));
        }
        return problems.all();
      },
    };
  },
};

function says({ kind, file, line, similarity }: Leak): string {
  const place = `line ${line + 1} of ${file}`;
  switch (kind) {
    case "equal":
      return `This record equals ${place}: what is measured with it was learnt by heart.`;
    case "near":
      return `This record says nearly the same as ${place}: ${Math.floor(similarity * 100)} % of their runs of five words stand in both.`;
    case "prompt":
      return `This record asks the same as ${place}, system message and history included, so that its answer was learnt there.`;
    case "opening":
      return `This record is of the same conversation as ${place}: both begin with the same question and answer.`;
  }
}

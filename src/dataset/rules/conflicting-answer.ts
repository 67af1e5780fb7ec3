import { createLaterProblems } from "../later-problems.ts";
import { createNumberTable, type NumberTable } from "../number-table.ts";
import { behindBands } from "../similarity/likeness.ts";
import { bandPlan } from "../similarity/min-hash.ts";
import { eachRepeated } from "../similarity/repeated-hashes.ts";
import { createSortRoom } from "../similarity/sort-by-key.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const conflictingAnswer: DatasetRule = {
  id: "conflicting-answer",
  severity: "warning",
  summary: "Two records ask the same and answer differently, so that the model learns neither.",
  explanation: "The prompt is everything before the last answer: system message, history and tools included. Letter case, white space, and a full stop at the end do not count. Where a question has one answer, such as a label, one of the records is wrong; where it has several good ones this is no mistake, so that long answers are only told as information. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/1911.00068",
  comparesTexts: true,
  needsLikeness: true,
  isSlow: true,
  begin: ({ target: { method }, settings: { similarity }, createTable = createNumberTable }) => {
    const { bands } = bandPlan(similarity);
    const table = createTable(columns.end);
    const row = new Uint32Array(columns.end);
    let count = 0;
    return {
      add({ likeness, traits }) {
        const record = count++;
        if (method !== "sft" || !likeness) return nothing;
        for (const half of [0, 1]) {
          row[columns.prompt + half] = likeness[bands + behindBands.prompt + half] ?? 0;
          row[columns.answer + half] = likeness[bands + behindBands.answer + half] ?? 0;
        }
        if (row[columns.prompt] === 0 && row[columns.prompt + 1] === 0) return nothing;
        row[columns.record] = record;
        row[columns.isLabel] = traits?.labelHash === undefined ? 0 : 1;
        table.push(row);
        return nothing;
      },
      finish({ places }) {
        const problems = createLaterProblems();
        const conflicts = conflictsIn(table);
        const [records, areLabels] = [table.column(columns.record), table.column(columns.isLabel)];
        for (let place = 0; place < conflicts.length; place++) {
          if (conflicts[place] === 0) continue;
          const record = records[place] ?? 0;
          const other = places.line(records[(conflicts[place] ?? 0) - 1] ?? 0);
          problems.add(() => ({
            line: places.line(record), start: places.start(record), end: places.end(record), ...(areLabels[place] === 1 ? {} : { severity: "information" as const }),
            message: `This record asks the same as the one on line ${other + 1} and answers otherwise. Where only one answer is right, mend the other or remove it.`, related: [{ line: other }],
          }));
        }
        return problems.all();
      },
    };
  },
};

/** Of hashes two halves. */
const columns = { prompt: 0, answer: 2, record: 4, isLabel: 5, end: 6 };

/**
 * For each row one more than the place of a row before it that has its prompt and another answer: the first with that prompt, or, where that answers the same, the first that
 * answers otherwise than it; 0 where there is none.
 */
function conflictsIn(table: NumberTable): Uint32Array {
  const [answer, answerLow] = [table.column(columns.answer), table.column(columns.answer + 1)];
  const conflicts = new Uint32Array(table.length);
  /** By the first row with a prompt one more than the first that answers otherwise than it; 0 where none does. */
  const others = new Uint32Array(table.length);
  eachRepeated(table.column(columns.prompt), table.column(columns.prompt + 1), createSortRoom(table.length), (place, first) => {
    const isSame = answer[place] === answer[first] && answerLow[place] === answerLow[first];
    conflicts[place] = isSame ? (others[first] ?? 0) : first + 1;
    if (!isSame && others[first] === 0) others[first] = place + 1;
  });
  return conflicts;
}

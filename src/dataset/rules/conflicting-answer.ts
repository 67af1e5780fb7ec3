import { createLaterProblems } from "../later-problems.ts";
import { createNumberTable, type NumberTable } from "../number-table.ts";
import { behindBands } from "../similarity/likeness.ts";
import { bandPlan } from "../similarity/min-hash.ts";
import { createSortRoom, sortByKey } from "../similarity/sort-by-key.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const conflictingAnswer: DatasetRule = {
  id: "conflicting-answer",
  severity: "warning",
  summary: "Two records ask the same and answer differently, so that the model learns neither.",
  explanation: "The prompt is everything before the last answer: system message, history and tools included. Letter case, white space, and a full stop at the end do not count. Where a question has one answer, such as a label, one of the records is wrong; where it has several good ones this is no mistake, so that long answers are only told as information. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/1911.00068",
  comparesTexts: true,
  needsLikeness: true,
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
  const [high, low, answer, answerLow] = [0, 1, 2, 3].map((column) => table.column(column)) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const order = sortByKey(high, createSortRoom(high.length));
  const conflicts = new Uint32Array(high.length);
  const answersAlike = (a: number, b: number): boolean => answer[a] === answer[b] && answerLow[a] === answerLow[b];
  /** By the second half of a prompt, of those that share the first: the first row, and the first that answers otherwise. */
  const firsts = new Map<number, { readonly first: number; other: number | undefined }>();
  for (let at = 0; at < order.length; at++) {
    const place = order[at] ?? 0;
    const isAfterSame = at > 0 && high[order[at - 1] ?? 0] === high[place];
    if (!isAfterSame) {
      firsts.clear();
      if (high[order[at + 1] ?? place] !== high[place] || at + 1 === order.length) continue;
    }
    const known = firsts.get(low[place] ?? 0);
    if (!known) {
      firsts.set(low[place] ?? 0, { first: place, other: undefined });
      continue;
    }
    const conflicting = answersAlike(known.first, place) ? known.other : known.first;
    if (conflicting === undefined) continue;
    known.other ??= place;
    conflicts[place] = conflicting + 1;
  }
  return conflicts;
}

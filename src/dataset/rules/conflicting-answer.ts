import { createFirstLines } from "../first-lines.ts";
import { createGrowingArray } from "../growing-array.ts";
import { bandPlan } from "../similarity/min-hash.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const conflictingAnswer: DatasetRule = {
  id: "conflicting-answer",
  severity: "warning",
  summary: "Two records ask the same and answer differently, so that the model learns neither.",
  explanation: "The prompt is everything before the last answer: system message, history and tools included. Letter case, white space, and a full stop at the end do not count. Where a question has one answer, such as a label, one of the records is wrong; where it has several good ones this is no mistake, so that long answers are only told as information. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/1911.00068",
  comparesTexts: true,
  needsLikeness: true,
  begin: ({ target: { method }, settings: { similarity } }) => {
    const { bands } = bandPlan(similarity);
    const prompts = createFirstLines();
    const lines = createGrowingArray((length) => new Uint32Array(length));
    const answers = createGrowingArray((length) => new Float64Array(length));
    /** The first record that answers otherwise than the first with its prompt. */
    const others = new Map<number, number>();
    return {
      add({ line, length, likeness, traits }) {
        const high = likeness?.[bands] ?? 0;
        const low = likeness?.[bands + 1] ?? 0;
        if (method !== "sft" || !likeness || (high === 0 && low === 0)) return nothing;
        const answer = (likeness[bands + 2] ?? 0) * 2 ** 21 + ((likeness[bands + 3] ?? 0) >>> 11);
        const record = lines.length;
        lines.push(line);
        answers.push(answer);
        const first = prompts.before({ high: high | 0, low: low | 0 }, record);
        if (first === undefined) return nothing;
        const other = others.get(first);
        const conflicting = answers.at(first) === answer ? other : first;
        if (conflicting === undefined) return nothing;
        if (other === undefined) others.set(first, record);
        return [{ start: 0, end: length, ...(traits?.labelHash === undefined ? { severity: "information" as const } : {}), message: `This record asks the same as the one on line ${lines.at(conflicting) + 1} and answers otherwise. Where only one answer is right, mend the other or remove it.`, related: [{ line: lines.at(conflicting) }] }];
      },
      finish: () => nothing,
    };
  },
};

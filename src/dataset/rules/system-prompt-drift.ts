import { behindBands } from "../similarity/likeness.ts";
import { bandPlan } from "../similarity/min-hash.ts";
import { createUsualValue } from "../usual-value.ts";
import { nothing, type DatasetRule } from "./rule.ts";

const none = 0;

export const systemPromptDrift: DatasetRule = {
  id: "system-prompt-drift",
  severity: "warning",
  summary: "Nearly all records share one system message, and a few have another or none, so that the model learns the behaviour for the wrong prompt.",
  explanation: "What is learnt is bound to the system message that stood there: a model that is asked with the usual one does not profit of records that had another, and two wordings of one task teach it that the difference means something. Told where nine in ten of twenty records or more share a system message; the first hundred of the others are marked. Write the same message in all, or leave it where the difference is meant. A run with `--quick` leaves this out.",
  source: "https://developers.openai.com/api/docs/guides/fine-tuning-best-practices",
  comparesTexts: true,
  needsLikeness: true,
  begin: ({ settings: { similarity } }) => {
    const { bands } = bandPlan(similarity);
    const messages = createUsualValue<number>();
    return {
      add(summary) {
        const { likeness } = summary;
        if (!likeness) return nothing;
        const high = likeness[bands + behindBands.system] ?? 0;
        const low = likeness[bands + behindBands.system + 1] ?? 0;
        messages.add(high === 0 && low === 0 ? none : (high & 0x1fffff) * 2 ** 32 + low, summary);
        return nothing;
      },
      *finish() {
        const found = messages.result();
        if (!found) return;
        const { usual, others, total } = found;
        const counts = `${usual.records.count().toLocaleString("en")} of ${total.toLocaleString("en")} records`;
        for (const { value, records } of others) {
          const what = usual.value === none ? `This record has a system message, and ${counts} have none.` : value === none ? `This record has no system message, and ${counts} share that of line ${usual.first + 1}.` : `The system message of this record is another one than that of line ${usual.first + 1}, which ${counts} share.`;
          const related = usual.value === none ? {} : { related: [{ line: usual.first }] };
          yield* records.problems(() => `${what} What the model learns is bound to the system message; write the same in all unless the difference is meant.`).map((problem) => ({ ...problem, ...related }));
        }
      },
    };
  },
};

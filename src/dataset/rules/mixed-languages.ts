import { languageName } from "../similarity/function-words.ts";
import { behindBands } from "../similarity/likeness.ts";
import { bandPlan } from "../similarity/min-hash.ts";
import { createUsualValue } from "../usual-value.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const mixedLanguages: DatasetRule = {
  id: "mixed-languages",
  severity: "information",
  summary: "Nearly all records ask in one language, and a few in another, of which the model learns too little, or what nobody wanted.",
  explanation: "A few records in another language came often by mistake, with data of another market or by a translation that was left; what is meant needs more of them, or the model answers in the wrong language. The language is told by function words and scripts in the beginning of what is asked last (12 languages by words, 9 by script), and only where it is plain; nothing is told of short texts. Told where nine in ten of twenty records or more share a language; the first hundred of the others are marked. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/2406.20052",
  comparesTexts: true,
  needsLikeness: true,
  begin: ({ settings: { similarity } }) => {
    const { bands } = bandPlan(similarity);
    const languages = createUsualValue<number>();
    return {
      add(summary) {
        const language = summary.likeness?.[bands + behindBands.language] ?? 0;
        if (language !== 0) languages.add(language, summary);
        return nothing;
      },
      *finish() {
        const found = languages.result();
        if (!found) return;
        const { usual, others, total } = found;
        for (const { value, records } of others) yield* records.problems(() => `This record asks in ${languageName(value)}, as ${records.count() === 1 ? "no other does" : `${records.count().toLocaleString("en")} do`}; ${usual.records.count().toLocaleString("en")} of ${total.toLocaleString("en")} whose language is plain ask in ${languageName(usual.value)}. Remove it, or add more like it.`);
      },
    };
  },
};

import { signTest } from "../sign-test.ts";
import { bandPlan } from "../similarity/min-hash.ts";
import { behindBands } from "../similarity/likeness.ts";
import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

/** From which share of the pairs on, and below which p, something is told. */
const telling = { pairs: 20, share: 0.7, p: 0.001 };

export const answerLengthBias: DatasetRule = {
  id: "answer-length-bias",
  severity: "information",
  summary: "The preferred answer is the longer one in most pairs, or the shorter one, so that the model may learn the length instead of what makes it better.",
  explanation: "Preference training finds what tells both answers apart most easily, and that is often their length: models tuned on such pairs write longer and longer answers that are no better. Told from 20 pairs on, where one side is longer in more than seven of ten of them and an exact sign test gives p below 0.001; pairs of equal length do not count. Add pairs in which the shorter answer is preferred, or take a method that corrects for length. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/2310.03716",
  comparesTexts: true,
  needsLikeness: true,
  begin: ({ settings: { similarity } }) => {
    const { bands } = bandPlan(similarity);
    let longer = 0;
    let shorter = 0;
    return {
      add({ likeness }) {
        const chosen = likeness?.[bands + behindBands.chosen] ?? 0;
        const rejected = likeness?.[bands + behindBands.rejected] ?? 0;
        if (chosen === 0 || rejected === 0) return nothing;
        if (chosen > rejected) longer++;
        else if (chosen < rejected) shorter++;
        return nothing;
      },
      *finish() {
        const pairs = longer + shorter;
        const more = Math.max(longer, shorter);
        const p = signTest(longer, shorter);
        if (pairs < telling.pairs || more <= telling.share * pairs || p >= telling.p) return;
        const way = longer > shorter ? "longer" : "shorter";
        yield aboutFile(`The preferred answer is the ${way} one in ${more.toLocaleString("en")} of ${pairs.toLocaleString("en")} pairs (exact sign test: p ${p < 1e-6 ? "< 0.000001" : `= ${p.toPrecision(2)}`}); the model may learn to answer ${longer > shorter ? "at length" : "briefly"} instead of well. Add pairs in which the ${longer > shorter ? "shorter" : "longer"} answer is preferred.`);
      },
    };
  },
};

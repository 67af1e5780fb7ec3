import { createLabels } from "../labels.ts";
import { nothing, type DatasetRule } from "./rule.ts";

/** How many times as frequent as another a label may be. */
const highest = 50;

export const labelImbalance: DatasetRule = {
  id: "label-imbalance",
  severity: "warning",
  summary: "One label is more than fifty times as frequent as another, so that the model hardly learns the rarer one.",
  explanation: "A model that says the frequent label every time is right nearly always, and learns just that. Fireworks advises to flag an imbalance above 50 to 1. Collect records of the rare label, or leave out some of the frequent one. The first record of the rarest label is marked; answers count as labels where they are short and repeat.",
  source: "https://github.com/fw-ai/cookbook (skills/fireworks-training/references)",
  comparesTexts: true,
  begin: ({ target: { method } }) => {
    const labels = createLabels();
    return {
      add(summary) {
        if (method === "sft") labels.add(summary);
        return nothing;
      },
      *finish() {
        const counted = labels.found().flatMap((spellings) => {
          const [usual] = spellings;
          return usual ? [{ ...usual, count: spellings.reduce((sum, { count }) => sum + count, 0) }] : [];
        }).sort((a, b) => b.count - a.count);
        const [frequent, rarest] = [counted[0], counted.at(-1)];
        const [place] = rarest?.places ?? [];
        if (!frequent || !rarest || !place || frequent.count <= highest * rarest.count) return;
        const rare = counted.filter(({ count }) => frequent.count > highest * count).length;
        const others = rare === 1 ? "" : ` ${rare} of ${counted.length} labels are as rare.`;
        yield { ...place, message: `The label of this record has ${rarest.count} ${rarest.count === 1 ? "record" : "records"}, that of line ${frequent.first + 1} has ${frequent.count.toLocaleString("en")}: more than ${highest} to 1.${others} The model hardly learns the rare one; balance them.` };
      },
    };
  },
};

import { createLabels } from "../labels.ts";
import { nothing, type DatasetRule } from "./rule.ts";

/** Records that are marked at most. */
const most = 100;

export const labelVariants: DatasetRule = {
  id: "label-variants",
  severity: "warning",
  summary: "A label is written in two ways that differ in letter case or spaces only, so that the model learns two labels for one.",
  explanation: "In a file of short answers that repeat, \"refund\" and \"Refund \" are two answers to the model and to every metric. Write the label as most records do. Only short answers are compared, and only where each way of writing was met three times on average.",
  source: "https://docs.fireworks.ai/fine-tuning/fine-tuning-models",
  comparesTexts: true,
  begin: ({ target: { method } }) => {
    const labels = createLabels();
    return {
      add(summary) {
        if (method !== "rft") labels.add(summary);
        return nothing;
      },
      *finish() {
        let marked = 0;
        for (const [usual, ...others] of labels.found()) {
          for (const { places, count } of others) {
            for (const place of places) {
              if (usual && marked++ < most) yield { ...place, message: `The label of this record is written so in ${count} ${count === 1 ? "record" : "records"}, and otherwise in ${usual.count}, as on line ${usual.first + 1}; the two differ in letter case or spaces only. Write it as most do.` };
            }
          }
        }
      },
    };
  },
};

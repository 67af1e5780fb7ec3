import { createExamples } from "../examples.ts";
import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const mixedReasoning: DatasetRule = {
  id: "mixed-reasoning",
  severity: "warning",
  summary: "Some answers reason between tags such as <think>, and others do not.",
  explanation: "The model learns to open with <think> at random, and its answers are parsed wrongly as often. Reason in every answer or in none; where both are wanted, tell them apart by what the system or the user says. Where at most a fifth of ten or more records differ from the others, they are marked, the first hundred; otherwise the file is.",
  source: "https://huggingface.co/docs/trl/dataset_formats",
  comparesTexts: true,
  begin: ({ target: { method } }) => {
    const reasoned = createExamples();
    const plain = createExamples();
    return {
      add(summary) {
        const { traits } = summary;
        if (method === "rft" || traits?.answer === undefined) return nothing;
        (traits.reasons ? reasoned : plain).add(summary);
        return nothing;
      },
      *finish() {
        const all = reasoned.count() + plain.count();
        if (all < 10 || reasoned.count() === 0 || plain.count() === 0) return;
        const counts = `${reasoned.count()} of ${all} records reason between tags such as <think>`;
        if (reasoned.count() <= all / 5) yield* reasoned.problems(() => `This record reasons between tags; only ${counts}. Reason in every answer or in none.`);
        else if (plain.count() <= all / 5) yield* plain.problems(() => `This record does not reason; ${counts}. Reason in every answer or in none.`);
        else yield aboutFile(`${counts}, and ${plain.count()} do not. Reason in every answer or in none, or tell the model by the system message when to.`);
      },
    };
  },
};

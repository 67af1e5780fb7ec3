import { createExamples } from "../examples.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const mixedOutput: DatasetRule = {
  id: "mixed-output",
  severity: "warning",
  summary: "Nearly all answers are JSON, and this one is prose; the model learns to answer in prose now and then.",
  explanation: "Where at least four in five answers of ten or more are JSON, prose among them is usually a refusal, an apology or text around the JSON, and whoever parses the tuned model's answers will fail as often. Give the answer as JSON too, or remove the record. The first hundred are marked.",
  source: "https://developers.openai.com/api/docs/guides/fine-tuning-best-practices",
  comparesTexts: true,
  begin: ({ target: { method } }) => {
    const prose = createExamples();
    let json = 0;
    return {
      add(summary) {
        const { traits } = summary;
        if (method === "rft") return nothing;
        if (traits?.answer === "json") json++;
        else if (traits?.answer === "prose") prose.add(summary);
        return nothing;
      },
      finish() {
        const all = json + prose.count();
        if (all < 10 || json < 0.8 * all) return nothing;
        return prose.problems(() => `This record's answer is prose; ${json} of ${all} answers are JSON. Answer in JSON here too, or remove the record.`);
      },
    };
  },
};

import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

/** Below, one value may well be right for all. */
const minimum = 10;

export const constantGraderValue: DatasetRule = {
  id: "constant-grader-value",
  severity: "warning",
  summary: "All reinforcement records have the same values for the grader, so that every answer is judged by the same.",
  explanation: "A grader compares answers with fields of the record. Where they are the same in every record, the model learns to answer the same whatever is asked. Was the wrong column taken? Looked at from ten records on; a field that alone is constant, such as the language, is nothing to tell.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  begin: ({ target: { grader } }) => {
    let value: number | undefined;
    let line = 0;
    let records = 0;
    let differs = false;
    return {
      add({ traits, line: at }) {
        if (!grader || !traits?.grader) return nothing;
        if (records++ === 0) {
          value = traits.grader.hash;
          line = at;
        }
        differs ||= traits.grader.hash !== value;
        return nothing;
      },
      *finish() {
        if (records >= minimum && !differs) yield aboutFile(`All ${records.toLocaleString("en")} records have the same values for the grader, those of line ${line + 1}; every answer is judged by the same. Expected what is right for each question.`);
      },
    };
  },
};

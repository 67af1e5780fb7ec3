import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const longGraderValue: DatasetRule = {
  id: "long-grader-value",
  severity: "information",
  summary: "The values that answers are judged by are long texts, which no answer is equal to.",
  explanation: "A `string_check` grader compares letter by letter, and gives no reward to a right answer in other words. Where values are longer than 500 characters on average, use a grader that compares meaning, such as `score_model`, or keep the short result in the field.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  begin: ({ target: { grader, title } }) => {
    let characters = 0;
    let values = 0;
    return {
      add({ traits }) {
        characters += traits?.grader?.characters ?? 0;
        values += traits?.furtherKeys.length ?? 0;
        return nothing;
      },
      *finish() {
        const average = Math.round(characters / values);
        if (grader?.longValue === undefined || !(average > grader.longValue)) return;
        yield aboutFile(`The grader's fields have ${average.toLocaleString("en")} characters on average; no answer is equal to a text of more than ${grader.longValue}. For ${title} choose a grader that compares meaning (score_model) and not letters (string_check).`);
      },
    };
  },
};

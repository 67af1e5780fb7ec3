import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const tooFewRecords: DatasetRule = {
  id: "too-few-records",
  severity: "error",
  summary: "The file has fewer records than the target takes.",
  explanation: "OpenAI answers `Training file has 7 example(s), but must have at least 10 examples`. Taken is not learnt: the providers expect an improvement from 50, 100 or 1,000 records on. Collect more before you pay for a run.",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  begin: ({ target: { id, title, minimumRecords, recommendedRecords } }) => {
    let seen = false;
    let records = 0;
    return {
      add({ kind }) {
        seen = true;
        if (kind !== "blank") records++;
        return nothing;
      },
      *finish() {
        // Of a file without any line `empty-file` tells alone.
        if (!seen) return;
        const found = `The file has ${records} ${records === 1 ? "record" : "records"}`;
        if (records < minimumRecords) {
          const usual = recommendedRecords === undefined ? "" : `, and improvement usually begins at ${recommendedRecords} or more`;
          const server = id === "openai" ? ` (Training file has ${records} example(s), but must have at least ${minimumRecords} examples)` : "";
          yield aboutFile(`${found}; ${title} takes at least ${minimumRecords}${usual}${server}.`);
        }
      },
    };
  },
};

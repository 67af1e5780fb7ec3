import { nothing, type DatasetRule, type LaterProblem } from "./rule.ts";

export const tooManyRecords: DatasetRule = {
  id: "too-many-records",
  severity: "error",
  summary: "The file has more records than the target takes.",
  explanation: "OpenAI's reinforcement fine-tuning takes at most 50,000 records, Claude on Bedrock 10,000, Nova 20,000, Fireworks 3,000,000. Train on a sample: a random part that keeps the labels' shares usually loses little.",
  source: "https://developers.openai.com/api/docs/guides/reinforcement-fine-tuning",
  begin: ({ target: { title, maximumRecords = Infinity } }) => {
    let records = 0;
    let first: LaterProblem | undefined;
    return {
      add({ kind, line, lines, length }) {
        if (kind === "blank") return nothing;
        records++;
        if (records === maximumRecords + 1) first = { line, start: 0, end: lines === 1 ? length : 0, message: "" };
        return nothing;
      },
      *finish() {
        if (first) yield { ...first, message: `The file has ${records.toLocaleString("en")} records, and this is the first too many: ${title} takes at most ${maximumRecords.toLocaleString("en")}.` };
      },
    };
  },
};

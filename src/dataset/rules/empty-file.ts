import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const emptyFile: DatasetRule = {
  id: "empty-file",
  severity: "error",
  summary: "The file has no content.",
  explanation: "A file of no bytes is refused at once. Was it written by a program that failed, or downloaded in part?",
  source: "https://docs.together.ai/docs/fine-tuning/data-preparation",
  begin: ({ target }) => {
    let seen = false;
    return {
      add() {
        seen = true;
        return nothing;
      },
      *finish({ layout }) {
        if (!seen && layout === "lines") yield aboutFile(`The file is empty; expected at least ${target.minimumRecords} ${target.minimumRecords === 1 ? "record" : "records"}, one JSON object a line.`);
      },
    };
  },
};

import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const emptyFile: DatasetRule = {
  id: "empty-file",
  severity: "error",
  summary: "The file has no content.",
  begin: ({ target }) => {
    let lines = 0;
    return {
      add() {
        lines++;
        return nothing;
      },
      *finish() {
        if (lines === 0) yield aboutFile(`The file is empty; expected at least ${target.minimumRecords} records, one JSON object a line.`);
      },
    };
  },
};

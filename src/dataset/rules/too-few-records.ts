import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const tooFewRecords: DatasetRule = {
  id: "too-few-records",
  severity: "error",
  summary: "The file has fewer records than the target takes.",
  begin: ({ target }) => {
    let lines = 0;
    let records = 0;
    return {
      add({ kind }) {
        lines++;
        if (kind !== "blank") records++;
        return nothing;
      },
      *finish() {
        // Of a file without any line `empty-file` tells alone.
        if (lines === 0 || records >= target.minimumRecords) return;
        yield aboutFile(`The file has ${records} ${records === 1 ? "record" : "records"}; ${target.title} takes at least ${target.minimumRecords}, and improvement usually begins at 50 to 100.`);
      },
    };
  },
};

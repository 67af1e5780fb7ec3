import { aboutFile, nothing, type DatasetRule } from "./rule.ts";

export const blankLine: DatasetRule = {
  id: "blank-line",
  severity: "warning",
  summary: "A line is empty; some providers skip it and some refuse the file.",
  begin: () => ({
    *add({ line, length, kind }) {
      if (kind !== "blank") return;
      yield {
        ...aboutFile("This line is empty; every line of a JSONL dataset holds one record. Remove it."),
        line, end: length,
        fixes: [{ title: "Remove the empty line", safe: true, removesLine: true }],
      };
    },
    finish: () => nothing,
  }),
};

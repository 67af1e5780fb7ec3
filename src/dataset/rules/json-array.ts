import { aboutFile, nothing, severityOf, type DatasetRule } from "./rule.ts";

export const jsonArray: DatasetRule = {
  id: "json-array",
  severity: "error",
  summary: "The file is one JSON array; a JSONL dataset has one record a line, without brackets and commas around them.",
  explanation: "Servers answer `Expected file to have JSONL format, where every line is a JSON dictionary. Line 1 is not a dictionary`. LLaMA-Factory, Axolotl and TRL read arrays as they are. The fix writes each element on a line of its own; literals and escapes stay.",
  source: "https://jsonlines.org",
  begin: ({ target: { arrays, title } }) => ({
    add: () => nothing,
    *finish({ layout }) {
      if (layout === "lines") return;
      if (arrays === "refused") yield aboutFile(`The file ${layout === "array" ? "is one JSON array" : "begins as a JSON array"}; ${title} expects one record a line.`, [{ title: "Write one record a line", safe: true, rewrites: "jsonl" }]);
      else if (layout === "broken-array") yield aboutFile("The file begins as one JSON array, which is never closed or has something behind it; expected ] at its end and nothing more.", [{ title: "Write one record a line", safe: true, rewrites: "jsonl" }], severityOf("refused"));
    },
  }),
};

import { nothing, type DatasetRule, type LaterProblem } from "./rule.ts";

export const carriageReturn: DatasetRule = {
  id: "carriage-return",
  severity: "warning",
  summary: "Lines end in a carriage return alone, which many readers take for a space and not for the end of a line.",
  explanation: "JSON Lines ends its lines with a line feed, with or without a carriage return before it. A carriage return alone is white space to JSON: a server that splits at line feeds finds several records on one line and refuses the file, and Python, which splits at it, does not. Old programs for the Mac and some spreadsheets write it. The fix writes each record on a line of its own.",
  source: "https://jsonlines.org",
  begin: ({ target: { title } }) => {
    let count = 0;
    let first: LaterProblem | undefined;
    return {
      add({ lineBreak, element, line, lines, length }) {
        if (lineBreak !== "\r" || element) return nothing;
        count++;
        first ??= { line, start: 0, end: lines === 1 ? length : 0, message: "" };
        return nothing;
      },
      *finish({ layout }) {
        if (!first || layout !== "lines") return;
        const found = count === 1 ? "This line ends" : `This line and ${(count - 1).toLocaleString("en")} more end`;
        yield { ...first, message: `${found} in a carriage return alone; ${title} may read it and the next as one line. Expected a line feed at the end of each line.`, fixes: [{ title: "Write one record a line", safe: true, rewrites: "jsonl" }] };
      },
    };
  },
};

import { severityOf, type DatasetRule, type LaterProblem } from "./rule.ts";

export const blankLine: DatasetRule = {
  id: "blank-line",
  severity: "warning",
  summary: "A line is empty; some providers skip it and some refuse the file.",
  explanation: "Together, mlx-lm, Mistral and Bedrock fail on an empty line, mlx-lm on one at the end as well; Azure OpenAI and Fireworks skip it. The fix removes the line.",
  source: "https://github.com/togethercomputer/together-python (utils/files.py)",
  begin: ({ target: { blankLines, title } }) => {
    const { last, other } = typeof blankLines === "string" ? { last: blankLines, other: blankLines } : blankLines;
    // Where blank lines at the end are another matter, only what follows tells which they are.
    let held: LaterProblem[] = [];
    const followed: LaterProblem[] = [];
    return {
      *add({ kind, length, line }) {
        if (kind !== "blank") {
          for (const each of held) followed.push(each);
          held = [];
          return;
        }
        const severity = severityOf(other);
        if (!severity) return;
        const message = `This line is empty; every line of a JSONL dataset holds one record${severity === "error" ? `, and ${title} refuses the file` : ""}. Remove it.`;
        const problem = { start: 0, end: length, severity, message, fixes: [{ title: "Remove the empty line", safe: true, removesRecord: true }] } as const;
        if (last === other) yield problem;
        else held.push({ ...problem, line });
      },
      finish: () => followed,
    };
  },
};

import { createLaterProblems } from "../later-problems.ts";
import { nothing, severityOf, type DatasetRule } from "./rule.ts";

export const blankLine: DatasetRule = {
  id: "blank-line",
  severity: "warning",
  summary: "A line is empty; some providers skip it and some refuse the file.",
  explanation: "Together, mlx-lm, Mistral and Bedrock fail on an empty line, mlx-lm on one at the end as well; Azure OpenAI and Fireworks skip it. The fix removes the line.",
  source: "https://github.com/togethercomputer/together-python (utils/files.py)",
  begin: ({ target: { blankLines, title } }) => {
    const { last, other } = typeof blankLines === "string" ? { last: blankLines, other: blankLines } : blankLines;
    // Where blank lines at the end are another matter, only what follows tells which they are.
    const problems = createLaterProblems();
    const held = createLaterProblems();
    return {
      add({ kind, length, line }) {
        if (kind !== "blank") {
          if (held.count === 0) return nothing;
          const told = held.all();
          for (const each of told) problems.add(() => each);
          problems.addUntold(held.count - told.length);
          held.clear();
          return nothing;
        }
        const severity = severityOf(other);
        if (!severity) return nothing;
        const message = `This line is empty; every line of a JSONL dataset holds one record${severity === "error" ? `, and ${title} refuses the file` : ""}. Remove it.`;
        const problem = { start: 0, end: length, severity, message, fixes: [{ title: "Remove the empty line", safe: true, removesRecord: true }] } as const;
        if (last === other) return [problem];
        held.add(() => ({ ...problem, line }));
        return nothing;
      },
      finish: () => problems.all(),
    };
  },
};

import { createLaterProblems } from "../later-problems.ts";
import { shorten } from "../quote.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const inconsistentGraderFields: DatasetRule = {
  id: "inconsistent-grader-fields",
  severity: "warning",
  summary: "A reinforcement record has other fields for the grader than the first.",
  explanation: "A grader's template names fields such as `{{item.target}}`; a record without the field is graded wrongly or fails (`invalid_variable_error`). Give every record the same fields.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  begin: ({ target }) => {
    let first: { readonly keys: ReadonlySet<string>; readonly line: number } | undefined;
    const problems = createLaterProblems();
    return {
      add({ traits, line, lines, length }) {
        if (!target.grader || !traits || traits.furtherKeys.length === 0) return nothing;
        const keys = new Set([...traits.furtherKeys].sort());
        const usual = (first ??= { keys, line });
        const missing = [...usual.keys].filter((key) => !keys.has(key));
        const further = [...keys].filter((key) => !usual.keys.has(key));
        if (missing.length + further.length === 0) return nothing;
        const what = [...(missing.length > 0 ? [`lacks ${listed(missing)}`] : []), ...(further.length > 0 ? [`has ${listed(further)} besides`] : [])].join(" and ");
        problems.add(() => ({ line, start: 0, end: lines === 1 ? length : 0, message: `For its grader this record ${what}; the record on line ${usual.line + 1} has ${listed([...usual.keys])}. Expected the same fields in every record.` }));
        return nothing;
      },
      finish: () => problems.all(),
    };
  },
};

function listed(names: readonly string[]): string {
  return names.slice(0, 8).map((name) => shorten(name)).join(", ") + (names.length > 8 ? ` and ${names.length - 8} more` : "");
}

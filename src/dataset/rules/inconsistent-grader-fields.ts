import { nothing, type DatasetRule, type LaterProblem } from "./rule.ts";

export const inconsistentGraderFields: DatasetRule = {
  id: "inconsistent-grader-fields",
  severity: "warning",
  summary: "A reinforcement record has other fields for the grader than the first.",
  explanation: "A grader's template names fields such as `{{item.target}}`; a record without the field is graded wrongly or fails (`invalid_variable_error`). Give every record the same fields.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  begin: ({ target }) => {
    let first: { readonly keys: readonly string[]; readonly line: number } | undefined;
    const problems: LaterProblem[] = [];
    return {
      add({ traits, line, lines, length }) {
        if (!target.grader || !traits || traits.furtherKeys.length === 0) return nothing;
        const keys = [...traits.furtherKeys].sort();
        first ??= { keys, line };
        const missing = first.keys.filter((key) => !keys.includes(key));
        const further = keys.filter((key) => !first?.keys.includes(key));
        if (missing.length + further.length === 0) return nothing;
        const what = [...(missing.length > 0 ? [`lacks ${missing.join(", ")}`] : []), ...(further.length > 0 ? [`has ${further.join(", ")} besides`] : [])].join(" and ");
        problems.push({ line, start: 0, end: lines === 1 ? length : 0, message: `For its grader this record ${what}; the record on line ${first.line + 1} has ${first.keys.join(", ")}. Expected the same fields in every record.` });
        return nothing;
      },
      finish: () => problems,
    };
  },
};

import { gravestFirst, type Severity } from "../../dataset/finding.ts";
import type { Check } from "../../workers/file-check.ts";

/** One sentence about what is not shown, as grave as the gravest of it. */
export interface Rest {
  readonly message: string;
  readonly severity: Severity;
}

/** What is not shown; undefined when everything is. */
export function summariseRest({ omitted }: Pick<Check, "omitted">): Rest | undefined {
  if (omitted.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { rule, count } of omitted) counts.set(rule, (counts.get(rule) ?? 0) + count);
  const rules = [...counts].sort(([, a], [, b]) => b - a).map(([rule, count]) => `${rule} ${count.toLocaleString("en")}`);
  const total = omitted.reduce((sum, { count }) => sum + count, 0);
  return {
    message: `${total.toLocaleString("en")} further ${total === 1 ? "finding is" : "findings are"} not shown here: ${rules.join(", ")}. The record viewer marks the records of all of them; "tunesmith lint" lists them.`,
    severity: omitted.reduce<Severity>((worst, { severity }) => gravest(worst, severity), "hint"),
  };
}

function gravest(a: Severity, b: Severity): Severity {
  return gravestFirst.indexOf(a) <= gravestFirst.indexOf(b) ? a : b;
}

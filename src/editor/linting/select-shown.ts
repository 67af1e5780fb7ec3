import type { Finding, Severity } from "../../dataset/finding.ts";
import { severities, type FileCheck } from "../../workers/file-check.ts";

/** VS Code shows 1,000 diagnostics of a file; one place is kept for the sentence that says how many there are. */
const mostShown = 999;
/** So that one fault that every record has does not hide all others. */
const mostOfRule = 500;

/** The findings of a check that are shown: those of each rule up to a number, the gravest first where not all have room; in the order of the text. */
export function selectShown({ findings }: Pick<FileCheck, "findings">): readonly Finding[] {
  const shown: Finding[] = [];
  for (const severity of severities) {
    const ofRule = new Map<string, number>();
    for (const finding of findings) {
      if (shown.length === mostShown) break;
      if (finding.severity !== severity) continue;
      const count = ofRule.get(finding.rule) ?? 0;
      ofRule.set(finding.rule, count + 1);
      if (count < mostOfRule) shown.push(finding);
    }
  }
  const chosen = new Set(shown);
  return findings.filter((finding) => chosen.has(finding));
}

/** What is not shown, as one sentence and as grave as the gravest of it; undefined when everything is shown. */
export function summariseRest(check: Pick<FileCheck, "findings" | "omitted">): { readonly message: string; readonly severity: Severity } | undefined {
  const shown = new Set(selectShown(check));
  const rest = new Map<string, { severity: Severity; count: number }>();
  const add = (rule: string, severity: Severity, count: number): void => {
    const own = rest.get(rule) ?? { severity, count: 0 };
    rest.set(rule, { severity: gravest(own.severity, severity), count: own.count + count });
  };
  for (const finding of check.findings) if (!shown.has(finding)) add(finding.rule, finding.severity, 1);
  for (const { rule, severity, count } of check.omitted) add(rule, severity, count);
  if (rest.size === 0) return undefined;
  const rules = [...rest].sort(([, a], [, b]) => b.count - a.count).map(([rule, { count }]) => `${rule} ${count.toLocaleString("en")}`);
  const total = [...rest.values()].reduce((sum, { count }) => sum + count, 0);
  return {
    message: `${total.toLocaleString("en")} further ${total === 1 ? "finding is" : "findings are"} not shown here: ${rules.join(", ")}. The record viewer marks the records of all of them; "tunesmith lint" lists them.`,
    severity: [...rest.values()].reduce<Severity>((worst, { severity }) => gravest(worst, severity), "hint"),
  };
}

function gravest(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) <= severities.indexOf(b) ? a : b;
}

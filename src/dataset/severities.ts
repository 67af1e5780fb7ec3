import type { Severity } from "./finding.ts";
import type { LintResult } from "./lint.ts";

/** How grave a project takes the findings of some rules, by rule id; `off` wants none of them. Rules that are not named keep what they say. */
export type Severities = Readonly<Record<string, Severity | "off" | undefined>>;

/** The result as a project wants it. A `hint` stays one unless its rule is off: it only fades text beside another finding. */
export function applySeverities(result: LintResult, severities: Severities | undefined): LintResult {
  if (severities === undefined || Object.keys(severities).length === 0) return result;
  const findings = result.findings.flatMap((finding) => {
    const wanted = Object.hasOwn(severities, finding.rule) ? severities[finding.rule] : undefined;
    if (wanted === "off") return [];
    return [wanted === undefined || finding.severity === "hint" ? finding : { ...finding, severity: wanted }];
  });
  return { ...result, findings };
}

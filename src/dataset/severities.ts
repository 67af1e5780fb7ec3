import type { Finding, Severity } from "./finding.ts";

/** How grave a project takes the findings of some rules, by rule id; `off` wants none of them. Rules that are not named keep what they say. */
export type Severities = Readonly<Record<string, Severity | "off" | undefined>>;

type Judged = Pick<Finding, "rule" | "severity">;

/** How grave a project takes a finding. A `hint` stays one unless its rule is off: it only fades text beside another finding. */
export function severityIn(severities: Severities | undefined, { rule, severity }: Judged): Severity | "off" {
  const wanted = severities && Object.hasOwn(severities, rule) ? severities[rule] : undefined;
  return wanted === "off" || (wanted !== undefined && severity !== "hint") ? wanted : severity;
}

/** The result as a project wants it. */
export function applySeverities<Result extends { readonly findings: readonly Judged[]; readonly tallies: readonly Judged[] }>(result: Result, severities: Severities | undefined): Result {
  if (severities === undefined || Object.keys(severities).length === 0) return result;
  return { ...result, findings: withSeverities(result.findings, severities), tallies: withSeverities(result.tallies, severities) };
}

/** Findings, or counts of findings, as a project wants them. */
export function withSeverities<Each extends Judged>(judged: readonly Each[], severities: Severities | undefined): readonly Each[] {
  return judged.flatMap((each) => {
    const severity = severityIn(severities, each);
    return severity === "off" ? [] : [severity === each.severity ? each : { ...each, severity }];
  });
}

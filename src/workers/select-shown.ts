import { gravestFirst, type Finding } from "../dataset/finding.ts";

/** VS Code shows 1,000 diagnostics of a file; one place is kept for the sentence that says how many there are. */
const mostShown = 999;

/** So that one fault that every record has does not hide all others. */
export const mostOfRule = 500;

/** The findings of a file that an editor shows: those of each rule up to a number, the gravest first where not all have room; in the order of the text. */
export function selectShown(findings: readonly Finding[]): readonly Finding[] {
  const shown: Finding[] = [];
  for (const severity of gravestFirst) {
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

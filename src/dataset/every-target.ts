import type { Finding, Severity } from "./finding.ts";
import type { LintResult } from "./lint.ts";
import { nameOfTarget } from "./targets/index.ts";
import type { Target, TargetName } from "./targets/target.ts";
import type { Position } from "./text.ts";

/** Whether a target takes a file as it is, takes it once all safe fixes are made, or refuses it even then. */
export type Verdict = "taken" | "after-fixes" | "refused";

/** Best first. */
export const verdicts: readonly Verdict[] = ["taken", "after-fixes", "refused"];

/** What the findings of one rule have to do with a verdict. */
export interface Reason {
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
  /** What the first of them says. */
  readonly message: string;
  /** Where the first of them stands in the file as it is; undefined where only a repair shows it. */
  readonly place?: Position;
}

export interface TargetVerdict {
  readonly target: TargetName;
  readonly title: string;
  readonly verdict: Verdict;
  /** Findings in the file as it is. */
  readonly errors: number;
  readonly warnings: number;
  /** What the target refuses it for; what is to be repaired; or, where it is taken, what spoils the model. The most frequent first. */
  readonly reasons: readonly Reason[];
}

/** A file before every target. */
export interface EveryTarget {
  readonly formatTitle: string | undefined;
  readonly records: number;
  /**
   * How `after-fixes` was told from `refused`: `fixing` repaired the text for each target and checked it again; `counting` only asked whether each error
   * has a safe fix, so that what a repair would show is not known.
   */
  readonly judgedBy: "fixing" | "counting";
  /** Best verdict first. */
  readonly targets: readonly TargetVerdict[];
}

/** What was found in a file for one target, and what all its safe fixes leave; undefined where they were not made. */
export interface Trial {
  readonly target: Target;
  readonly found: LintResult;
  readonly left?: LintResult | undefined;
}

/** Judges one target. */
export function judgeTarget({ target, found, left }: Trial): TargetVerdict {
  const errors = errorsOf(found.findings);
  const lasting = left ? errorsOf(left.findings) : errors.filter((finding) => !hasSafeFix(finding));
  const warnings = found.findings.filter(({ severity }) => severity === "warning");
  const verdict = errors.length === 0 ? "taken" : lasting.length === 0 ? "after-fixes" : "refused";
  const telling = { taken: warnings, "after-fixes": errors, refused: lasting }[verdict];
  return { target: nameOfTarget(target), title: target.title, verdict, errors: errors.length, warnings: warnings.length, reasons: toReasons(telling, found.findings) };
}

/** Puts the verdicts together; those of one kind stay in the order in which they come. */
export function judgeEveryTarget(trials: Iterable<Trial>): EveryTarget {
  const judged: TargetVerdict[] = [];
  let last: Trial | undefined;
  let fixedAll = true;
  for (const trial of trials) {
    judged.push(judgeTarget(trial));
    fixedAll &&= trial.left !== undefined || errorsOf(trial.found.findings).length === 0;
    last = trial;
  }
  return {
    formatTitle: last?.found.formatTitle, records: last?.found.records ?? 0, judgedBy: fixedAll ? "fixing" : "counting",
    targets: judged.sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict)),
  };
}

/** How many targets have each verdict. */
export function countVerdicts({ targets }: Pick<EveryTarget, "targets">): Readonly<Record<Verdict, number>> {
  const counts = { taken: 0, "after-fixes": 0, refused: 0 };
  for (const { verdict } of targets) counts[verdict]++;
  return counts;
}

function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === "error");
}

function hasSafeFix({ fixes }: Finding): boolean {
  return fixes.some(({ safe }) => safe);
}

/** The telling findings by rule. Their own places are of another text where fixes were made, so each is looked up among those of the file as it is. */
function toReasons(telling: readonly Finding[], found: readonly Finding[]): readonly Reason[] {
  const byRule = new Map<string, { first: Finding; count: number }>();
  for (const finding of telling) {
    const own = byRule.get(finding.rule);
    if (own) own.count++;
    else byRule.set(finding.rule, { first: finding, count: 1 });
  }
  return [...byRule.values()].sort((a, b) => b.count - a.count).map(({ first, count }) => {
    const same = found.filter(({ rule, severity }) => rule === first.rule && severity === first.severity);
    const shown = same.find(({ message }) => message === first.message) ?? same.find((finding) => !hasSafeFix(finding)) ?? same[0];
    return { rule: first.rule, severity: first.severity, count, message: first.message, ...(shown ? { place: shown.range.start } : {}) };
  });
}

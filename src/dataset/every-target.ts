import type { Finding, Severity } from "./finding.ts";
import { countBySeverity, type Tally } from "./finding-sink.ts";
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
  /** Of a file that is refused by its beginning: how many records that has, which the counts are of. */
  readonly beginning?: number;
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
  /** Set where only the beginning was looked at, which has lasting errors. */
  readonly isBeginning?: boolean;
}

/** Judges one target. Counts are of all findings, kept or not. */
export function judgeTarget({ target, found, left, isBeginning }: Trial): TargetVerdict {
  const errors = talliesOf(found, "error");
  const warnings = talliesOf(found, "warning");
  const lasting = left ? talliesOf(left, "error") : errors.map((tally) => ({ ...tally, count: tally.count - tally.fixable })).filter(({ count }) => count > 0);
  const verdict = errors.length === 0 ? "taken" : lasting.length === 0 ? "after-fixes" : "refused";
  const telling = { taken: { tallies: warnings, told: found.findings }, "after-fixes": { tallies: errors, told: found.findings }, refused: { tallies: lasting, told: left?.findings ?? found.findings.filter((finding) => !hasSafeFix(finding)) } }[verdict];
  const { error, warning } = countBySeverity(found.tallies);
  return { target: nameOfTarget(target), title: target.title, verdict, errors: error, warnings: warning, ...(isBeginning ? { beginning: found.records } : {}), reasons: toReasons(telling, found.findings) };
}

/** Puts the verdicts together; those of one kind stay in the order in which they come. Where no trial is of the whole file, the number of records is that of the beginning. */
export function judgeEveryTarget(trials: Iterable<Trial>): EveryTarget {
  const judged: TargetVerdict[] = [];
  let last: Trial | undefined;
  let records = 0;
  let fixedAll = true;
  for (const trial of trials) {
    judged.push(judgeTarget(trial));
    fixedAll &&= trial.left !== undefined || talliesOf(trial.found, "error").length === 0;
    records = Math.max(records, trial.found.records);
    last = trial;
  }
  return {
    formatTitle: last?.found.formatTitle, records, judgedBy: fixedAll ? "fixing" : "counting",
    targets: judged.sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict)),
  };
}

/** How many targets have each verdict. */
export function countVerdicts({ targets }: Pick<EveryTarget, "targets">): Readonly<Record<Verdict, number>> {
  const counts = { taken: 0, "after-fixes": 0, refused: 0 };
  for (const { verdict } of targets) counts[verdict]++;
  return counts;
}

function talliesOf({ tallies }: LintResult, severity: Severity): readonly Tally[] {
  return tallies.filter((tally) => tally.severity === severity);
}

function hasSafeFix({ fixes }: Finding): boolean {
  return fixes.some(({ safe }) => safe);
}

/** What is told, by rule. The places of what is told are of another text where fixes were made, so each is looked up among the findings of the file as it is. */
function toReasons({ tallies, told }: { readonly tallies: readonly Tally[]; readonly told: readonly Finding[] }, found: readonly Finding[]): readonly Reason[] {
  return [...tallies].sort((a, b) => b.count - a.count).map(({ rule, severity, count }) => {
    const isSame = (finding: Finding): boolean => finding.rule === rule && finding.severity === severity;
    const same = found.filter(isSame);
    const message = (told.find(isSame) ?? same[0])?.message ?? "";
    const shown = same.find((finding) => finding.message === message) ?? same.find((finding) => !hasSafeFix(finding)) ?? same[0];
    return { rule, severity, count, message, ...(shown ? { place: shown.range.start } : {}) };
  });
}

import { judgePlan, type PlanMetric } from "./judge-plan.ts";
import { labelsOf, scoreLabels, type LabelScores } from "./label-scores.ts";
import type { JudgedOutcome } from "./report-schema.ts";
import { viewOf } from "./view-of-report.ts";
import type { SavedReport } from "./saved-report.ts";
import { inWords } from "./sections/index.ts";
import type { Section } from "./sections/section.ts";
import { judgeSlices, type Slice } from "./slices.ts";
import { sumUpUsage, type Usage } from "./usage.ts";

/** What follows from a report and takes its time. Candidates are in the order of the report. */
export interface Analysis {
  readonly metrics: readonly PlanMetric[];
  readonly usage: readonly Usage[];
  /** Where references are labels. */
  readonly labels?: readonly LabelScores[];
  /** Those that became worse first. */
  readonly slices: readonly Slice[];
  /** What a judge says, whether something else broke, when tuning pays: of these what the report knows. */
  readonly sections: readonly Section[];
}

/** Works out what follows from a report: for a worker, because intervals of scores take a bootstrap each. */
export function analyseReport(report: SavedReport): Analysis {
  const view = viewOf(report);
  const labels = labelsOf(view);
  const answer = (outcome: JudgedOutcome | undefined): string | undefined => (!outcome || "failure" in outcome ? undefined : outcome.text);
  return {
    metrics: judgePlan(view),
    usage: view.candidates.map(({ price }, index) => sumUpUsage(view.records.flatMap(({ outcomes }) => outcomes[index] ?? []), price)),
    ...(labels ? { labels: view.candidates.map((_, index) => scoreLabels(labels, view.records.map(({ line, reference, outcomes }) => ({ line, reference, answer: answer(outcomes[index]) })))) } : {}),
    slices: judgeSlices(view),
    sections: inWords(report),
  };
}

/** Records that belong together in an analysis, by places in it: those of a slice, or of a cell of a candidate's confusion matrix. */
export type RecordGroup = { readonly slice: number } | { readonly candidate: number; readonly reference: number; readonly answer: number };

/** The lines of a group; none where the analysis has no such group. */
export function linesOf({ slices, labels }: Pick<Analysis, "slices" | "labels">, group: RecordGroup): readonly number[] {
  return ("slice" in group ? slices[group.slice]?.lines : labels?.[group.candidate]?.lines[group.reference]?.[group.answer]) ?? [];
}

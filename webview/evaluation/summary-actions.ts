import type { RecordGroup } from "../../src/evaluation/analyse-report.ts";
import type { Pair } from "../../src/evaluation/compared-candidates.ts";

/** What the panel can be asked to do, apart from the table. */
export interface SummaryActions {
  openReport(): void;
  exportReport(): void;
  evaluateAgain(): void;
  /** Goes on to a run that learns what was corrected. */
  startNextRun(): void;
  /** Shows two other candidates of a plan. */
  compare(pair: Pair): void;
  /** Shows the records of a group alone, or all again. */
  showGroup(group: RecordGroup | undefined): void;
}

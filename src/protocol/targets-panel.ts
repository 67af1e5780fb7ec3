import type { EveryTarget, Verdict } from "../dataset/every-target.ts";
import type { TargetName } from "../dataset/targets/target.ts";

/** What the page of the table of targets asks of the host and hears from it. */
export interface TargetsPanel {
  readonly requests: {
    /** The page has loaded, or loaded again. */
    readonly table: { readonly params: null; readonly result: TargetTable };
    /** Checks the dataset as it is now; `changed` tells what was found. */
    readonly checkAgain: { readonly params: null; readonly result: null };
    /** From now on the dataset's folder is checked for this target. */
    readonly choose: { readonly params: { readonly target: TargetName }; readonly result: null };
    /** Opens the dataset where the first finding stands that a reason counts. */
    readonly openReason: { readonly params: ReasonAddress; readonly result: null };
    /** Shows the page of a rule. */
    readonly showRule: { readonly params: { readonly rule: string }; readonly result: null };
  };
  readonly events: {
    /** The dataset was checked again, or another target was chosen. */
    readonly changed: TargetTable;
  };
}

export interface TargetTable {
  /** The dataset's address, which the page keeps so that the panel survives a reload. */
  readonly file: string;
  /** The dataset's name as the user knows it. */
  readonly name: string;
  /** What the dataset is checked for now. */
  readonly current: TargetName;
  readonly every: EveryTarget;
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** One reason of one target. */
export interface ReasonAddress {
  readonly target: TargetName;
  readonly rule: string;
}

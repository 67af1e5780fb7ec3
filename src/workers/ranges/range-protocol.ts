import type { TargetName } from "../../dataset/targets/target.ts";
import type { RangeOptions } from "./lint-range.ts";
import type { RangeReport } from "./range-report.ts";

/** What a thread that lints ranges is started with; each message to it is a range. */
export interface RangeWorkerStart {
  readonly path: string;
  readonly target: TargetName;
  readonly options: RangeOptions;
  readonly rangeBytes: number;
}

/** What it answers: `message` and `code` are those of Node's error where the file cannot be read. */
export type FromRangeWorker =
  | { readonly type: "linted"; readonly report: RangeReport }
  | { readonly type: "failed"; readonly message: string; readonly code?: string };

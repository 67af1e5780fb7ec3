import { resolve } from "node:path";
import { seriesOf, type Series } from "../../evaluation/history.ts";
import type { SavedReport } from "../../evaluation/saved-report.ts";
import { openSavedReport } from "../../evaluating/report-file.ts";
import { listRuns } from "../../evaluating/run-history.ts";
import { UsageError } from "../target.ts";

/** An earlier report, and how it is called. */
export interface Baseline {
  readonly name: string;
  readonly report: SavedReport;
}

/**
 * The report that `--baseline` names: a path, or `last` for the last run of the same history in the folder `root`, undefined where there is none yet. Rejects with a
 * UsageError when it was judged by another metric, and with an Error for the user when it cannot be read.
 */
export async function readBaseline(given: string, run: Series & { readonly metric: string }, root: string): Promise<Baseline | undefined> {
  const path = given === "last" ? (await listRuns(root)).find(({ head }) => seriesOf(head) === seriesOf(run) && head.metric === run.metric)?.path : resolve(given);
  if (path === undefined) return undefined;
  const report = await openSavedReport(path);
  if (report.version !== run.version) throw new UsageError(`--baseline ${given}: it is the report of ${report.version === 2 ? "a plan" : "one model against its base"}; one of ${run.version === 2 ? "a plan" : "one model against its base"} is expected`);
  if (report.metric !== run.metric) throw new UsageError(`${given} was judged by the metric "${report.metric}" and this evaluation is by "${run.metric}". Choose the same metric.`);
  return { name: given === "last" ? path : given, report };
}

/** Said where `last` finds nothing: the first run of a history has nothing to fall behind. */
export const noLastRun = "There is no earlier run to compare with yet: this one begins the history.";

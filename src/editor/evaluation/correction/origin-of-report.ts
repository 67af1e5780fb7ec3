import { resolve } from "node:path";
import { isElsewhere } from "../../../dataset/file-fact.ts";
import { fromReportPath } from "../../../evaluating/evaluation-folder.ts";
import type { ReportHead } from "../../../evaluation/reader/report-reader.ts";
import { listRuns } from "../../../launch/run-file.ts";
import type { EvaluationDependencies } from "../choices.ts";

/** What the tuned model of a report came from, as paths on this machine; what is not known is left out. */
export interface ReportOrigin {
  /** The file that it learned from: the whole one where a part of it was kept back. */
  readonly training?: string;
  readonly launchFile?: string;
}

/** Looks in the launches of this machine, then in the records of runs beside the report, which others may have made, and at last in the report itself. */
export async function originOfReport(report: ReportHead, root: string, launchOf: EvaluationDependencies["launchOf"]): Promise<ReportOrigin> {
  const launch = report.version === 1 && report.models.job !== undefined ? await launchOf?.({ provider: report.models.provider, job: report.models.job }) : undefined;
  if (launch) return { training: launch.splitFrom ?? launch.dataset.path, ...(launch.launchFile === undefined ? {} : { launchFile: launch.launchFile }) };
  const run = (await listRuns(root)).find(({ job, service, model }) => (report.version === 1
    ? service === report.models.provider && (job === undefined ? model.tuned : job) === (job === undefined ? report.models.tuned : report.models.job)
    : report.candidates.some((candidate) => candidate.tuned === true && candidate.service === service && candidate.model === model.tuned)));
  const training = run?.data.splitFrom ?? run?.data.training.path ?? report.training?.path;
  // A report or a record of a run may be a stranger's, and must not make this machine call another.
  const there = (path: string | undefined): string | undefined => (path === undefined || isElsewhere(path) ? undefined : run ? resolve(root, path) : fromReportPath(root, path));
  const [known, launchFile] = [there(training), there(run?.launchFile?.path)];
  return { ...(known === undefined ? {} : { training: known }), ...(launchFile === undefined ? {} : { launchFile }) };
}

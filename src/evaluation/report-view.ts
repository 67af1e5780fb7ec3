import type { PlanRecord, PlanReport } from "./plan-report.ts";
import type { Report } from "./report.ts";
import type { TokenPrice } from "./usage.ts";

/** What reports of both kinds have: any number of candidates, the first of which is the baseline, and what each made of every record. */
export interface ReportView extends Pick<PlanReport, "metric" | "also" | "slices"> {
  readonly candidates: readonly { readonly name: string; readonly price?: TokenPrice | undefined; readonly batch?: boolean | undefined }[];
  readonly records: readonly PlanRecord[];
}

/** A report of either kind as one of a plan; that of a single evaluation has its base and its tuned model as candidates. */
export function viewOf(report: Report | PlanReport): ReportView {
  if (report.version === 2) return report;
  const { metric, also, slices, models } = report;
  return { metric, also, slices, candidates: [{ name: models.base }, { name: models.tuned }], records: report.records.map(({ base, tuned, ...record }) => ({ ...record, outcomes: [base, tuned] })) };
}

import type { PlanReport } from "./plan-report.ts";
import type { ReportView } from "./report-view.ts";
import type { Report } from "./report.ts";

/** A report of either kind as one of a plan; that of a single evaluation has its base and its tuned model as candidates. */
export function viewOf(report: Report | PlanReport): ReportView {
  if (report.version === 2) return report;
  const { metric, also, slices, models } = report;
  return { metric, also, slices, candidates: [{ name: models.base }, { name: models.tuned }], records: report.records.map(({ base, tuned, ...record }) => ({ ...record, outcomes: [base, tuned] })) };
}

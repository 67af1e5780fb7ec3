import { createReportReader, type ReportAccess } from "../../src/evaluation/reader/report-reader.ts";
import type { SavedReport } from "../../src/evaluation/saved-report.ts";

/** A report as a panel reads it, in this thread instead of in a worker. */
export function accessReport(report: SavedReport): ReportAccess {
  const reader = createReportReader(report);
  return {
    head: async () => reader.head(), candidates: async () => reader.candidates(), overview: async (...given) => reader.overview(...given), rows: async (...given) => reader.rows(...given), record: async (...given) => reader.record(...given),
    reviewTurn: async (...given) => reader.reviewTurn(...given), reviewEntry: async (...given) => reader.reviewEntry(...given), blindCandidates: async (...given) => reader.blindCandidates(...given),
  };
}

import type { ReportReader } from "../../evaluation/reader/report-reader.ts";

type Name = keyof ReportReader;

/** What the host asks of a report's worker: to open it, then what a reader tells. */
export type ToReportWorker =
  | { readonly type: "open"; readonly request: number; readonly path: string }
  | { [Asked in Name]: { readonly type: "read"; readonly request: number; readonly name: Asked; readonly params: Parameters<ReportReader[Asked]> } }[Name];

/** What it answers; `message` is for the user. */
export type FromReportWorker = { readonly type: "answer"; readonly request: number; readonly result: unknown } | { readonly type: "failed"; readonly request: number; readonly message: string };

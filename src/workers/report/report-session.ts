import { readFileSync } from "node:fs";
import { createReportReader, type ReportReader } from "../../evaluation/reader/report-reader.ts";
import { readSavedReport } from "../../evaluation/saved-report.ts";
import { attempt } from "../file-error.ts";
import type { FromReportWorker, ToReportWorker } from "./report-protocol.ts";

/** The worker's side of an open report: it is read once, and what is asked of it is answered in the order of the questions. */
export function createReportSession(send: (message: FromReportWorker) => void): (message: ToReportWorker) => void {
  let reader: ReportReader | undefined;

  function open(path: string): null {
    const text = attempt("read", path, () => readFileSync(path, "utf8"));
    try {
      reader = createReportReader(readSavedReport(text));
    } catch (error) {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    return null;
  }

  function read({ name, params }: Extract<ToReportWorker, { type: "read" }>): unknown {
    if (!reader) throw new Error("The report is not open.");
    return (reader[name] as (...given: typeof params) => unknown)(...params);
  }

  return (message) => {
    const { request } = message;
    try {
      send({ type: "answer", request, result: message.type === "open" ? open(message.path) : read(message) });
    } catch (error) {
      send({ type: "failed", request, message: error instanceof Error ? error.message : String(error) });
    }
  };
}

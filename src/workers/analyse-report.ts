import { readFileSync } from "node:fs";
import { analyseReport, type Analysis } from "../evaluation/analyse-report.ts";
import { readSavedReport } from "../evaluation/saved-report.ts";
import { attempt } from "./file-error.ts";

/** Works out what follows from a saved report of either version. Throws a FileError, or an Error that says what is wrong with the report. */
export function analyseReportFile(path: string): Analysis {
  return analyseReport(readSavedReport(attempt("read", path, () => readFileSync(path, "utf8"))));
}

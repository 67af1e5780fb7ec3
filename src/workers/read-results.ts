import { readFileSync } from "node:fs";
import { recordResults, type RecordResults } from "../evaluation/record-results.ts";
import { readSavedReport } from "../evaluation/saved-report.ts";
import { attempt } from "./file-error.ts";

/** What a saved report of either version says of its records, of `most` of them at most. Throws a FileError, or an Error that says what is wrong with the report. */
export function readResults(path: string, most: number): RecordResults {
  return recordResults(readSavedReport(attempt("read", path, () => readFileSync(path, "utf8"))), most);
}

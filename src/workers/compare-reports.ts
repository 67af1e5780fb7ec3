import { readFileSync } from "node:fs";
import { compareCandidates } from "../evaluation/compare-reports.ts";
import { earlierRunDocument } from "../evaluation/earlier-run-document.ts";
import { readSavedReport, type SavedReport } from "../evaluation/saved-report.ts";
import { attempt } from "./file-error.ts";

/** A run beside an earlier one: when each was made (ISO 8601), and what follows, as Markdown; or why they cannot be compared, for the user. */
export type ComparedReports = { readonly now: string; readonly then: string; readonly document: string } | { readonly refusal: string };

/** Compares two saved reports. Throws a FileError when one cannot be read, or is no report. */
export function compareReports(nowPath: string, thenPath: string): ComparedReports {
  const open = (path: string): SavedReport => attempt("read", path, () => readSavedReport(readFileSync(path, "utf8")));
  const [now, then] = [open(nowPath), open(thenPath)];
  try {
    return { now: now.createdAt, then: then.createdAt, document: earlierRunDocument(now, then, compareCandidates(now, then)) };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
}

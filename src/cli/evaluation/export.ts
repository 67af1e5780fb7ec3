import { resolve } from "node:path";
import { formOf } from "../../evaluation/export-report.ts";
import type { PlanReport } from "../../evaluation/plan-report.ts";
import type { Report } from "../../evaluation/report.ts";
import { attempt } from "../../workers/file-error.ts";
import { writeBeside } from "../../workers/write-beside.ts";

/** Where a run saves its report: `out` where that is to be a report itself, else among the folder's own. */
export function reportPlace(out: string | undefined): { readonly out?: string } {
  return out === undefined || formOf(out) ? {} : { out: resolve(out) };
}

/** Writes a report in the form that the name of `out` asks for; gives the path, or undefined where it asks for none. Throws a FileError. */
export function exportReport(report: Report | PlanReport, out: string | undefined): string | undefined {
  const form = out === undefined ? undefined : formOf(out);
  if (out === undefined || !form) return undefined;
  const path = resolve(out);
  attempt("write", path, () => writeBeside(path, [Buffer.from(form(report))]));
  return path;
}

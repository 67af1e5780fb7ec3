import { readFileSync } from "node:fs";
import { formOf } from "../evaluation/export-report.ts";
import { readSavedReport } from "../evaluation/saved-report.ts";
import type { Reviews } from "../evaluation/sections/people.ts";
import { attempt } from "./file-error.ts";
import { refuseSameFile, writeBeside } from "./write-beside.ts";

/** Writes a saved report as `out`, in the form that its name asks for, else as it is; with what people said of its answers. Throws a FileError, also when the file is no report. */
export function exportReportFile(path: string, out: string, reviews: Reviews): void {
  const text = attempt("read", path, () => readFileSync(path, "utf8"));
  const form = formOf(out);
  const written = form ? attempt("read", path, () => form(readSavedReport(text), reviews)) : text;
  attempt("write", out, () => {
    refuseSameFile(path, out);
    writeBeside(out, [Buffer.from(written)]);
  });
}

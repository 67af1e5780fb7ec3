import { resolve } from "node:path";
import { formOf, toMarkdown } from "../../evaluation/export-report.ts";
import { openSavedReport } from "../../evaluating/report-file.ts";
import { readReviews } from "../../evaluating/review-file.ts";
import { attempt } from "../../workers/file-error.ts";
import { refuseSameFile, writeBeside } from "../../workers/write-beside.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { UsageError } from "../target.ts";

export interface ExportOptions {
  readonly out?: string;
}

/** `tunesmith export-evaluation REPORT`: a saved report in another form, with what people said of its answers; as Markdown to the output without `--out`. */
export async function exportEvaluation(report: string, { out }: ExportOptions, streams: Streams): Promise<ExitCode> {
  const form = out === undefined ? toMarkdown : formOf(out);
  if (!form) throw new UsageError(`--out ${out}: how the name ends says the form: .md, .html, .csv, .jsonl or promptfooconfig.yaml is expected`);
  const path = resolve(report);
  const text = form(await openSavedReport(path), await readReviews(path));
  if (out === undefined) streams.output(text);
  else {
    attempt("write", resolve(out), () => {
      refuseSameFile(path, resolve(out));
      writeBeside(resolve(out), [Buffer.from(text)]);
    });
    streams.notes(`Written: ${resolve(out)}\n`);
  }
  return exitCode.clean;
}

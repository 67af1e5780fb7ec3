import { stat } from "node:fs/promises";
import type * as vscode from "vscode";
import type { RunHead } from "../../evaluation/run-head.ts";
import { describeSavedReport, type ReportRow } from "./describe-report.ts";

/** A report as it is shown; `row` is missing of one that is too large to be read for a row, `failure` says why it cannot be read. */
export interface Known {
  readonly bytes: number;
  readonly row?: ReportRow;
  readonly failure?: string;
}

/** What was read of reports; each is read again when its file has changed. */
export interface KnownReports {
  /** What a report says of its run; undefined where it is none. Its records are not read. */
  head(file: vscode.Uri): Promise<RunHead | undefined>;
  /** Reads a report for its row; undefined where there is no file. */
  read(file: vscode.Uri): Promise<Known | undefined>;
  /** What `read` gave last. */
  row(file: vscode.Uri): Known | undefined;
}

/** A report with all its answers may be large; then it is read only when it is opened. */
const mostBytes = 8_000_000;

export function createKnownReports(): KnownReports {
  const rows = new Map<string, { readonly stamp: string; readonly value: Known }>();
  const heads = new Map<string, { readonly stamp: string; readonly value: RunHead | undefined }>();

  async function fresh<Value>(file: vscode.Uri, kept: Map<string, { readonly stamp: string; readonly value: Value }>, read: (bytes: number) => Promise<Value>): Promise<Value | undefined> {
    const stats = await stat(file.fsPath).catch(() => undefined);
    if (!stats) return undefined;
    const stamp = `${stats.size} ${stats.mtimeMs}`;
    const before = kept.get(file.toString());
    if (before?.stamp === stamp) return before.value;
    const value = await read(stats.size);
    kept.set(file.toString(), { stamp, value });
    return value;
  }

  return {
    head: (file) => fresh(file, heads, async () => (await import("../../evaluating/run-history.ts")).readHead(file.fsPath)),
    read: (file) => fresh(file, rows, async (bytes): Promise<Known> => {
      if (bytes > mostBytes) return { bytes };
      const { openSavedReport } = await import("../../evaluating/report-file.ts");
      return openSavedReport(file.fsPath).then((report) => ({ bytes, row: describeSavedReport(report) }), (error: unknown) => ({ bytes, failure: error instanceof Error ? error.message : String(error) }));
    }),
    row: (file) => rows.get(file.toString())?.value,
  };
}

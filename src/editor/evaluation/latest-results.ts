import * as vscode from "vscode";
import type { RecordResult, RecordResults } from "../../evaluation/record-results.ts";
import { fromReportPath, rootOfReport } from "../../evaluating/evaluation-folder.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { KeptReports } from "./kept-reports.ts";
import type { KnownReports } from "./known-reports.ts";

/** What the last report about a test file says of its records. */
export interface ResultsOfFile extends RecordResults {
  readonly report: vscode.Uri;
  /** The result of a line by its text; undefined where that is none of the records that were evaluated. */
  find(text: string): RecordResult | undefined;
}

/** The last results of test files; a report is read once. */
export interface LatestResults {
  of(file: vscode.Uri): Promise<ResultsOfFile | undefined>;
  readonly disposable: vscode.Disposable;
}

/** The results of so many records are kept of a file, those that failed first. */
const mostRecords = 20_000;
/** The results of so many files are kept at a time. */
const mostFiles = 4;

export function createLatestResults({ reports, known, workerFile }: { readonly reports: KeptReports; readonly known: KnownReports; readonly workerFile: URL }): LatestResults {
  const read = new Map<string, Promise<ResultsOfFile | undefined>>();
  let latest: Promise<ReadonlyMap<string, vscode.Uri>> | undefined;
  const closed = new AbortController();

  /** The last report of each test file, by the file's path. */
  async function lookUp(): Promise<ReadonlyMap<string, vscode.Uri>> {
    const found = new Map<string, vscode.Uri>();
    for (const report of await reports.list()) {
      const head = await known.head(report);
      const file = head && fromReportPath(rootOfReport(report.fsPath), head.dataset.path);
      if (file !== undefined && !found.has(file)) found.set(file, report);
    }
    return found;
  }

  async function load(report: vscode.Uri): Promise<ResultsOfFile | undefined> {
    const { readTestRecord, recordKey } = await import("../../evaluation/test-set.ts");
    const worker = createDatasetClient(workerFile);
    try {
      const results = await worker.readResults(report.fsPath, mostRecords, closed.signal);
      const byKey = new Map(results.records.map((record) => [record.key, record]));
      return {
        ...results, report,
        find(text) {
          if (text.trim() === "") return undefined;
          const record = readTestRecord(text, 1);
          return "reason" in record ? undefined : byKey.get(recordKey(record));
        },
      };
    } catch {
      // A report that cannot be read says so in the view of evaluations, where it can be opened.
      return undefined;
    } finally {
      worker.dispose();
    }
  }

  return {
    async of(file) {
      // What cannot be looked up now may be found after the next change; a mark that is missing is no reason for a message at every scroll.
      latest ??= lookUp().catch(() => new Map());
      const report = (await latest).get(file.fsPath);
      if (!report) return undefined;
      const there = read.get(report.toString());
      if (there) return there;
      const loading = load(report);
      read.set(report.toString(), loading);
      for (const old of [...read.keys()].slice(0, Math.max(0, read.size - mostFiles))) read.delete(old);
      return loading;
    },
    disposable: vscode.Disposable.from(
      new vscode.Disposable(() => closed.abort()),
      reports.onDidChange(() => {
        latest = undefined;
        read.clear();
      }),
    ),
  };
}

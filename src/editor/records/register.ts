import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import type { LintedDocuments } from "../linting/documents.ts";
import type { PresentError } from "../present-error.ts";
import type { RecordRoom } from "./open-record.ts";
import { recordScheme } from "./record-address.ts";
import { createRecordFiles, type RecordFiles } from "./record-files.ts";
import { createRecordLines, type RecordLines } from "./record-lines.ts";

export interface RecordsDependencies {
  readonly documents: LintedDocuments;
  /** The bundle that reads and writes records, in a worker for each file that is no open document. */
  readonly workerFile: URL;
  readonly presentError: PresentError;
}

/** Single records as documents: opened, edited, added. */
export function registerRecords({ documents, workerFile, presentError }: RecordsDependencies): { readonly lines: RecordLines; readonly files: RecordFiles; readonly disposable: vscode.Disposable } {
  const lines = createRecordLines(workerFile);
  const files = createRecordFiles(lines);
  const room: RecordRoom = { lines, files, documents };
  const disposable = vscode.Disposable.from(
    files,
    lines,
    vscode.workspace.registerFileSystemProvider(recordScheme, files.provider, { isCaseSensitive: true }),
    registerCommand("tunesmith.record.open", async (file, line) => (await import("./open-record.ts")).openRecord(file, line, room), presentError),
    registerCommand("tunesmith.record.next", async () => (await import("./walk-records.ts")).walkRecords(1, room), presentError),
    registerCommand("tunesmith.record.previous", async () => (await import("./walk-records.ts")).walkRecords(-1, room), presentError),
    registerCommand("tunesmith.record.add", async (answers) => (await import("./add-record.ts")).addRecord(answers, room), presentError),
    registerCommand("tunesmith.dataset.create", async (format) => (await import("./add-record.ts")).createDataset(format), presentError),
  );
  return { lines, files, disposable };
}

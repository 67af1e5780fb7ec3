import * as vscode from "vscode";

/** The scheme of records that are edited as documents of their own. */
export const recordScheme = "tunesmith-record";

/** Which record a document of that scheme shows. */
export interface RecordAddress {
  /** The dataset. */
  readonly file: vscode.Uri;
  /** The line from 0 at which it stood when it was opened. */
  readonly line: number;
}

/**
 * The address of a record's document. Its path is the dataset's with the line behind it, so that tabs and breadcrumbs tell both; the ending names the format,
 * by which VS Code finds the schema. `turn` tells apart records that stood on the same line one after the other.
 */
export function addressOf({ file, line }: RecordAddress, format: string | undefined, turn = 0): vscode.Uri {
  const folder = file.path.startsWith("/") ? file.path : `/${file.path}`;
  return vscode.Uri.from({ scheme: recordScheme, path: `${folder}/line-${line + 1}${format === undefined ? "" : `.${format}`}.json`, query: `${turn}&${file.toString()}` });
}

/** What an address says; undefined where it is none of a record. */
export function readAddress(uri: vscode.Uri): RecordAddress | undefined {
  const number = /\/line-([1-9]\d{0,14})(?:\.[\w-]+)?\.json$/.exec(uri.path)?.[1];
  const file = /^\d+&(.+)$/s.exec(uri.query)?.[1];
  return uri.scheme === recordScheme && number !== undefined && file !== undefined ? { file: vscode.Uri.parse(file, true), line: Number(number) - 1 } : undefined;
}

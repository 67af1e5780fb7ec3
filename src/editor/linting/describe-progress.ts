import type { FileCheck } from "../../workers/file-check.ts";
import type { WorkProgress } from "../../workers/worker-protocol.ts";
import { describeFound } from "./status-item.ts";

/** How far a run over a file has come, in words: `12,345 records, 120 of 500 MB`. Records are left out where they are not counted. */
export function describeProgress({ bytes, byteLength, act, records }: WorkProgress & { readonly records?: number }): string {
  const megabytes = (size: number): string => Math.round(size / 1e6).toLocaleString("en");
  const read = `${megabytes(bytes)} of ${megabytes(byteLength)} MB`;
  const counted = records === undefined ? read : `${records.toLocaleString("en")} records, ${read}`;
  return act === undefined ? counted : `${act === "checking" ? "Checking" : "Writing"}: ${counted}`;
}

/** What was found in a file, in words. */
export function describeCheck(check: FileCheck): string {
  return describeFound({ ...check, errors: check.counts.error, warnings: check.counts.warning });
}

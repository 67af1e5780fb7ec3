import type { FileCheck } from "../../workers/file-check.ts";
import type { WorkProgress } from "../../workers/worker-protocol.ts";
import { describeFound } from "./status-item.ts";

/** How far a run over a file has come, in words: `12,345 records, 120 of 500 MB`. In JSON Lines each line is a record. */
export function describeProgress({ bytes, byteLength, lines, act }: WorkProgress): string {
  const megabytes = (size: number): string => Math.round(size / 1e6).toLocaleString("en");
  const read = `${lines === undefined ? "" : `${lines.toLocaleString("en")} records, `}${megabytes(bytes)} of ${megabytes(byteLength)} MB`;
  return act === undefined ? read : `${act === "checking" ? "Checking" : "Writing"}: ${read}`;
}

/** What was found in a file, in words. */
export function describeCheck(check: FileCheck): string {
  return describeFound({ ...check, errors: check.counts.error, warnings: check.counts.warning });
}

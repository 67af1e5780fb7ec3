import type { Check } from "../../workers/file-check.ts";
import type { WorkProgress } from "../../workers/worker-protocol.ts";

/** How far a run over a file has come, in words: `12,345 records, 120 of 500 MB`. In JSON Lines each line is a record. */
export function describeProgress({ bytes, byteLength, lines, act }: WorkProgress): string {
  const megabytes = (size: number): string => Math.round(size / 1e6).toLocaleString("en");
  const read = `${lines === undefined ? "" : `${lines.toLocaleString("en")} records, `}${megabytes(bytes)} of ${megabytes(byteLength)} MB`;
  return act === undefined ? read : `${act === "checking" ? "Checking" : "Writing"}: ${read}`;
}

/** What was found in a dataset, in a few words: `OpenAI chat · 300 records · 4 errors, 1 warning`. */
export function describeCheck({ formatTitle, records, counts: { error, warning } }: Check): string {
  const found = error + warning === 0 ? "no problems" : `${plural(error, "error")}, ${plural(warning, "warning")}`;
  return `${formatTitle ?? "Unknown format"} · ${plural(records, "record")} · ${found}`;
}

function plural(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

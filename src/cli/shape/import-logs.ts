import { importLogs } from "../../workers/import-logs.ts";
import { findFiles } from "../find-files.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { count } from "../summary.ts";
import { UsageError } from "../target.ts";

/** `tunesmith import-logs`: chat records of logged calls. Rejects with a FileError for unusable files, a UsageError for patterns that nothing matches. */
export async function importLogFiles(files: readonly string[], out: string, { notes }: Streams): Promise<ExitCode> {
  const inputs: string[] = [];
  for (const found of await findFiles(files)) {
    if ("unmatched" in found) throw new UsageError(`No file matches ${found.unmatched}.`);
    inputs.push(found.path);
  }
  const { calls, records, left } = await importLogs(inputs, out);
  notes(`${count(records, "record")} of ${count(calls, "call")} written to ${out}.\n`);
  if (left.length > 0) notes("Left out:\n");
  for (const [reason, number] of left) notes(`  ${number} × ${reason}\n`);
  return exitCode.clean;
}

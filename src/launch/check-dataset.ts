import type { TargetName } from "../dataset/targets/target.ts";
import type { LaunchedFile } from "../jobs/launch.ts";
import type { PreflightCheck } from "../jobs/launch-plan.ts";
import type { FileCheck } from "../workers/file-check.ts";
import type { LaunchDesk } from "./desk.ts";

/** Lints a file for a target and hashes it; a validation file is compared with the training file. Without a target it is only looked at. Rejects with the signal's reason or a FileError. */
export async function checkDataset(name: "dataset" | "validation file", path: string, target: TargetName | undefined, { files, report }: Pick<LaunchDesk, "files" | "report">, signal: AbortSignal, trainingPath?: string): Promise<{ readonly file: LaunchedFile; readonly checks: readonly PreflightCheck[] }> {
  const doing = name === "dataset" ? "checking the dataset" : "checking the validation file";
  report(doing);
  const { counts, findings, omitted, records } = await files.checkFile(path, target, signal, ({ bytes, byteLength }) => report(doing, byteLength === 0 ? 1 : bytes / byteLength), trainingPath);
  const sha256 = await files.hashFile(path, signal);
  const file = { path, sha256, records };
  if (target === undefined) return { file, checks: [] };
  const first = findings.find(({ severity }) => severity === "error");
  if (!first) {
    const warnings = counts.warning > 0 ? `, with ${counts.warning} ${counts.warning === 1 ? "warning" : "warnings"}` : "";
    const leaks = leakCheck(name, path, findings, omitted);
    return { file, checks: [...leaks, { name, outcome: "passed", message: `${shortOf(path)}: ${records.toLocaleString("en")} records that ${target} takes${warnings}.` }] };
  }
  const more = counts.error > 1 ? ` It has ${counts.error - 1} more ${counts.error === 2 ? "error" : "errors"}.` : "";
  const { line, character } = first.range.start;
  return { file, checks: [{ name, outcome: "failed", message: `${shortOf(path)} would be refused. Line ${line + 1}: ${first.message}${more}`, place: { file: path, line, character } }] };
}

/** Tells of records that are learnt, so that a validation loss on them says nothing of what is new. */
function leakCheck(name: PreflightCheck["name"], path: string, findings: FileCheck["findings"], omitted: FileCheck["omitted"]): PreflightCheck[] {
  const leaks = findings.filter(({ rule }) => rule === leakedRecord);
  const [first] = leaks;
  if (!first) return [];
  const count = leaks.length + omitted.filter(({ rule }) => rule === leakedRecord).reduce((sum, each) => sum + each.count, 0);
  const { line, character } = first.range.start;
  const others = count === 1 ? "One record" : `${count.toLocaleString("en")} records`;
  return [{ name, outcome: "doubtful", message: `${others} of ${shortOf(path)} ${count === 1 ? "stands" : "stand"} in the training data too, or nearly. Line ${line + 1}: ${first.message}`, place: { file: path, line, character } }];
}

const leakedRecord = "leaked-record";

function shortOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
